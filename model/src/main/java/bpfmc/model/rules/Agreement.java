package bpfmc.model.rules;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Whether the rules say of a program what its own tags expect.
 *
 * @param program its name @param outcome how the two compare @param why what was expected and what was said
 */
public record Agreement(String program, Outcome outcome, String why) {
    /** How an expectation and a judgement compare. */
    public enum Outcome {
        AGREED, DISAGREED,
        /** The expectation is about something that no lock rule covers, or the program could not be judged to its end. */
        OUT_OF_SCOPE
    }

    /** A message's longest plain part is only taken for a rule's when it has at least so many characters. */
    private static final int TELLING = 12;

    /** {@return a comparison for each program with expectations} @throws InputException when an expected message is malformed */
    public static ImmutableList<Agreement> of(BpfObject object, ImmutableList<BpfProgram> programs, Judgement judgement) {
        return programs.collectWithIndex((p, i) -> expectation(object, p).map(e -> compare(e, judgement, judgement.programs().get(i))))
                .select(Optional::isPresent).collect(Optional::get);
    }

    private static Optional<Expectation> expectation(BpfObject object, BpfProgram program) {
        try {
            return Expectation.of(object, program);
        } catch (InputException e) {
            throw e.within("program " + program.name());
        }
    }

    private static Agreement compare(Expectation expected, Judgement judgement, Judgement.OfProgram said) {
        ImmutableList<Finding> refusals = judgement.maps().newWithAll(said.findings()).select(Finding::rejects);
        String wanted = expected.loads() ? "loads" : "fails" + expected.messages().collect(m -> " '" + m.text() + "'").makeString("");
        if (refusals.isEmpty() && said.gap().isPresent()) {
            return new Agreement(said.name(), Outcome.OUT_OF_SCOPE, "not judged to the end: " + said.gap().get().what());
        }
        if (expected.loads()) {
            return refusals.isEmpty() ? new Agreement(said.name(), Outcome.AGREED, wanted)
                    : new Agreement(said.name(), Outcome.DISAGREED, "it is expected to load; " + refusals.getFirst().rule() + ": "
                            + refusals.getFirst().message());
        }
        boolean met = refusals.notEmpty() && (expected.messages().isEmpty()
                || expected.messages().anySatisfy(m -> refusals.anySatisfy(f -> m.isIn(f.message()))));
        if (met) {
            return new Agreement(said.name(), Outcome.AGREED, wanted);
        }
        boolean ours = expected.messages().anySatisfy(Agreement::isARules);
        String instead = refusals.isEmpty() ? "no rule refuses it" : refusals.getFirst().rule() + " says '" + refusals.getFirst().message() + "'";
        return new Agreement(said.name(), ours ? Outcome.DISAGREED : Outcome.OUT_OF_SCOPE, "expected: " + wanted + "; " + instead);
    }

    /** {@return whether some rule could say this in some kernel} */
    private static boolean isARules(ExpectedMessage message) {
        String plain = message.plain();
        return LockRules.pages().anySatisfy(page -> page.templates().anySatisfy(template -> plain.length() >= TELLING && template.contains(plain)
                || longestPart(template).length() >= TELLING && plain.contains(longestPart(template))));
    }

    private static String longestPart(String template) {
        String longest = "";
        for (String part : template.split("\\{\\d\\}")) {
            longest = part.length() > longest.length() ? part : longest;
        }
        return longest.strip();
    }
}
