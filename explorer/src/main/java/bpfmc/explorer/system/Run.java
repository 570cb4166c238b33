package bpfmc.explorer.system;

import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.program.BpfProgram;

/**
 * One agent's run as it stands.
 *
 * @param program what it runs @param state its private state @param slots which element is which
 */
public record Run(BpfProgram program, PrivateState state, ElementIds slots) {}
