package bpfmc.model.kernel;

import bpfmc.model.InputException;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** A release of Linux, as far as rules differ between releases. */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
    /** The releases whose rules are told apart, oldest first. */
    public static final ImmutableList<KernelVersion> KNOWN = Lists.immutable.with("5.1", "5.15", "6.1", "6.6", "6.12", "6.18", "7.3")
            .collect(KernelVersion::parse);

    /** The newest release whose rules are known. */
    public static final KernelVersion NEWEST = KNOWN.getLast();

    /** {@return the version in a text such as "6.12"} @throws InputException when it is none */
    public static KernelVersion parse(String text) {
        String[] parts = text.split("\\.", -1);
        try {
            if (parts.length == 2) {
                return new KernelVersion(number(parts[0]), number(parts[1]));
            }
        } catch (NumberFormatException e) {
            // told below, as any other text that is no version
        }
        throw new InputException("'" + text + "' is no kernel version such as 6.12");
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NumberFormatException(digits);
        }
        return Integer.parseInt(digits);
    }

    /** {@return whether this release is the given one or a later one} */
    public boolean atLeast(KernelVersion other) {
        return compareTo(other) >= 0;
    }

    /** {@return whether this release is the given one or a later one} */
    public boolean atLeast(int otherMajor, int otherMinor) {
        return atLeast(new KernelVersion(otherMajor, otherMinor));
    }

    @Override
    public int compareTo(KernelVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
