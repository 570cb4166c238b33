/**
 * Helpers and kernel functions, one class a family ({@link bpfmc.model.call.CallFamily}). A family says all that anybody asks about its
 * functions: what the first visible steps are, what an answer leads to, their effect when nobody else runs, and what they may do whatever
 * their arguments are ({@link bpfmc.model.call.Use}). {@link bpfmc.model.call.Calls} knows the families; nobody else knows a helper by its
 * name or number. Of a function without a family the prototype is known ({@code Prototypes}).
 *
 * <p>The interpreter asks through a {@link bpfmc.model.call.Call}, the verifier's run through a {@link bpfmc.model.call.VerifierCall}.
 */
package bpfmc.model.call;
