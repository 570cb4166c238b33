package bpfmc.explorer.scenario;

import bpfmc.model.thread.Answer;
import bpfmc.model.thread.Notice;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One way in which an agent's step can come out, ready to be applied to a state vector.
 *
 * @param answer what the agent learned
 * @param next the agent's node afterwards
 * @param components what else changes @param values and to what
 * @param notices what the others have to be told
 */
record Effect(Answer answer, int next, int[] components, int[] values, ImmutableList<Notice> notices) {}
