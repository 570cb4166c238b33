package bpfmc.model.rules;

import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.program.SourceLine;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A rule that a program or a map does not keep.
 *
 * @param page the rule
 * @param version the kernel that says so
 * @param subject the program's name, or the map's
 * @param program whether the subject is a program
 * @param slot of the instruction, empty for a map
 * @param line of the instruction, as far as line info goes
 * @param message what the kernel's log says, or what its system call returns
 * @param why one sentence in our words
 * @param related the instruction that the sentence calls "here", and its line
 * @param path how the run got there: lines where it chose, took locks and entered callbacks
 */
public record Finding(RulePage page, KernelVersion version, String subject, boolean program, OptionalInt slot,
        Optional<SourceLine> line, String message, String why, Optional<Related> related, ImmutableList<Waypoint> path) {

    /** One place on the way. @param what in words ("takes the lock", "jumps") */
    public record Waypoint(SourceLine line, String what) {}

    /** Another instruction that a finding is about. */
    public record Related(int slot, Optional<SourceLine> line) {}

    /** {@return the sentence with the place that it calls "here" named} */
    public String sentence() {
        String place = related.map(r -> r.line().map(l -> "at line " + l.line()).orElse("at instruction " + r.slot())).orElse("here");
        return why.replaceFirst("\\bhere\\b", place);
    }

    /** {@return the rule's id} */
    public String rule() {
        return page.id();
    }

    /** {@return whether the kernel refuses the program} */
    public boolean rejects() {
        return !page.warning();
    }
}
