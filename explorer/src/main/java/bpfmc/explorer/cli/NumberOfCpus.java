package bpfmc.explorer.cli;

import bpfmc.explorer.check.AgentSpec;
import bpfmc.explorer.check.CheckRequest;
import picocli.CommandLine;

/** A number of CPUs, or any. */
final class NumberOfCpus implements CommandLine.ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (text.equals(AgentSpec.ANY)) {
            return CheckRequest.ANY_CPUS;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number that is too small
        }
        throw new CommandLine.TypeConversionException("'" + text + "' is no number of CPUs: it must be at least 1, or " + AgentSpec.ANY);
    }
}
