package bpfmc.explorer.livekernel;

import bpfmc.explorer.livekernel.KernelVerdict.Stage;
import bpfmc.model.rules.Finding;
import bpfmc.model.rules.Judgement;
import bpfmc.model.rules.KernelWords;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What the rules and the running kernel say of one program.
 *
 * @param rules the findings that refuse it, those about its object's maps included; the first is what the verifier would find
 * @param judged whether the rules could follow the program to its end @param kernel what the kernel says @param outcome how they compare
 */
public record Compared(ImmutableList<Finding> rules, boolean judged, KernelVerdict kernel, Outcome outcome) {
    /** How the two compare. */
    public enum Outcome {
        /** Both accept the program, or both refuse it for the same reason. */
        AGREE("agree"),
        /** The kernel refuses the program for a reason that no rule is about. */
        OTHER_REASON("other reason"),
        /** The rules could not follow the program to its end. */
        NOT_JUDGED("not judged"),
        /** One accepts what the other refuses, in what the rules are about. */
        DISAGREE("DISAGREE");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** {@return a comparison for each program} @param judgement of the same programs, by the rules of the running kernel */
    public static ImmutableList<Compared> of(Judgement judgement, ImmutableList<KernelVerdict> verdicts) {
        return judgement.programs().collectWithIndex((p, i) -> of(judgement.maps().newWithAll(p.findings()).select(Finding::rejects), p.gap().isEmpty(), verdicts.get(i)));
    }

    private static Compared of(ImmutableList<Finding> rules, boolean judged, KernelVerdict kernel) {
        return new Compared(rules, judged, kernel, outcome(rules, judged, kernel));
    }

    private static Outcome outcome(ImmutableList<Finding> rules, boolean judged, KernelVerdict kernel) {
        var words = new KernelWords(kernel.words());
        boolean ofMap = rules.anySatisfy(f -> !f.program() && (kernel.stage() == Stage.MAP && words.tellError(f) || kernel.untyped().anySatisfy(u -> new KernelWords(u).tellError(f))));
        return switch (kernel.stage()) {
            case ACCEPTED -> rules.isEmpty() ? judged ? Outcome.AGREE : Outcome.NOT_JUDGED : ofMap ? Outcome.AGREE : Outcome.DISAGREE;
            case LIBRARY -> Outcome.OTHER_REASON;
            case MAP -> ofMap ? Outcome.AGREE : Outcome.OTHER_REASON;
            case PROGRAM -> ofMap || rules.anySatisfy(words::tell) ? Outcome.AGREE
                    : !words.areARules() ? Outcome.OTHER_REASON
                    : judged || rules.notEmpty() ? Outcome.DISAGREE : Outcome.NOT_JUDGED;
        };
    }
}
