package bpfmc.explorer.parameterized;

import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContext;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.thread.ThreadAutomaton;

/** A program at a level at which it may run. @param automaton its private behaviour there */
record Placed(BpfProgram program, ContextLevel level, ExecutionContext context, ThreadAutomaton automaton) {}
