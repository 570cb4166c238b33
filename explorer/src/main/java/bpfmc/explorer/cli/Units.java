package bpfmc.explorer.cli;

import bpfmc.explorer.spec.Quantities;
import bpfmc.model.InputException;
import java.util.function.ToLongFunction;
import picocli.CommandLine;

/** Values of options that may have a unit. */
final class Units {
    private Units() {}

    /** For options in seconds. */
    static final class Seconds implements CommandLine.ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return converted(Quantities::seconds, text);
        }
    }

    /** For options in MiB. */
    static final class Mebibytes implements CommandLine.ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return converted(Quantities::mebibytes, text);
        }
    }

    private static long converted(ToLongFunction<String> quantity, String text) {
        try {
            return quantity.applyAsLong(text);
        } catch (InputException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }
}
