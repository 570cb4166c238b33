package bpfmc.model.btf;

/** Where an instruction comes from. @param offset bytes from the start of its section @param line 0 when none */
public record LineRecord(long offset, String file, String text, int line, int column) {}
