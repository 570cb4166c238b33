package bpfmc.explorer.litmus;

import java.util.List;
import java.util.Map;

/**
 * What one thread begins with.
 *
 * @param types of its registers, which tell threads apart
 */
record LitmusThread(int number, List<Instruction> code, List<Value> registers, Map<Integer, IntType> types, LaterWrites laterWrites) {}
