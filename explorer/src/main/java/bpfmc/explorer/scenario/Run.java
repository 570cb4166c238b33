package bpfmc.explorer.scenario;

import bpfmc.model.memory.Slots;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.thread.PrivateState;

/**
 * One agent's run as it stands.
 *
 * @param program what it runs @param state its private state @param slots which element is which
 */
public record Run(BpfProgram program, PrivateState state, Slots slots) {}
