package bpfmc.model.program;

/**
 * One function inside a linked program. @param start first slot @param end slot after the last
 * @param global visible outside its file (verified on its own by the kernel)
 */
public record Function(String name, int start, int end, boolean global) {}
