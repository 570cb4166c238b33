package bpfmc.explorer.spec;

import bpfmc.model.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as people write them: a number, and a unit where it is not the usual one. */
public final class Quantities {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,12}) *([A-Za-z]*)");

    private Quantities() {}

    /**
     * {@return the seconds of {@code 90}, {@code 90s}, {@code 2m}, {@code 1h} or {@code 1d}}
     *
     * @throws InputException for anything else
     */
    public static long seconds(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        long unit = !written.matches() ? 0 : switch (written.group(2)) {
            case "", "s" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> 0;
        };
        if (unit == 0) {
            throw new InputException("'" + text + "' is no duration: seconds, or a number with s, m, h or d (90s, 2m, 1h)");
        }
        return Long.parseLong(written.group(1)) * unit;
    }

    /**
     * {@return the MiB of {@code 512}, {@code 512M}, {@code 4G}, {@code 1T}, with or without iB}
     *
     * @throws InputException for anything else
     */
    public static long mebibytes(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        long unit = !written.matches() ? 0 : switch (written.group(2)) {
            case "", "M", "MiB", "m" -> 1;
            case "G", "GiB", "g" -> 1024;
            case "T", "TiB", "t" -> 1024 * 1024;
            default -> 0;
        };
        if (unit == 0) {
            throw new InputException("'" + text + "' is no size: MiB, or a number with M, G or T (800M, 4G)");
        }
        return Long.parseLong(written.group(1)) * unit;
    }
}
