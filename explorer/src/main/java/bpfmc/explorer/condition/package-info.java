/**
 * Conditions of the user's own on what maps hold, in the C names of BTF.
 *
 * <pre>
 * condition  = conjunct ("or" conjunct)*
 * conjunct   = truth ("and" truth)*
 * truth      = "not" truth | "(" condition ")" | number ("==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=") number
 * number     = product (("+" | "-") product)*
 * product    = atom ("*" atom)*
 * atom       = digits | "-" atom | held | "sum" "(" held ")" | "(" number ")"
 * held       = place | "return" "(" program ("," cpu)? ")"
 * place      = map "[" (key | "*") "]" ("." field)? | variable
 * key        = "-"? digits | text | "{" (designator "=" ("-"? digits | text) ("," | before "}"))* "}"
 * designator = ("." field | "[" digits "]") ("[" digits "]" | "." field)*
 * </pre>
 *
 * {@link bpfmc.explorer.condition.ConditionParser} holds the text against an object; a
 * {@link bpfmc.explorer.condition.Condition} is judged on contents, which may hold unknowns: then it says which conditions on these
 * make it false. {@link bpfmc.explorer.condition.UserProperty} is what a scenario file makes of it.
 */
package bpfmc.explorer.condition;
