package bpfmc.explorer.check;

import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.model.program.BpfObject;
import bpfmc.model.rules.Judgement;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What came of a check.
 *
 * @param object as it was explored, with the system calls and callbacks that took part @param results one for each scenario
 * @param rules what the lock rules say of it @param scope everything that the verdicts depend on
 */
public record Checked(BpfObject object, ImmutableList<ScenarioResult> results, Judgement rules, Scope scope) {}
