package bpfmc.model.value.bits;

import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides conditions part by part, and remembers what it has decided. What it says of conditions depends on nothing but them and, when
 * there have been too many, on those that it was asked before.
 */
public final class Decisions {
    /** So many parts may be too hard for the solver; after that it tries less. */
    private static final int MOST_HARD = 8;
    private static final int FEW_CONFLICTS = 200;

    private static final int MOST_MODELS = 8;

    private final int most;
    private int hard;
    private final BooleanSupplier timeIsUp;
    private final Map<Conditions, Decision> known = new HashMap<>();
    /** What another one had decided before. */
    private final Map<Conditions, Decision> before;
    /** Parts that were asked for no values, and were not found to contradict each other. */
    private final Set<Conditions> possible = new HashSet<>();
    /** Values that satisfied such parts, the newest first: what is asked next is often a little more. */
    private final Deque<Map<Symbol, Long>> models = new ArrayDeque<>();

    /** @param most different parts that are decided; further ones are not */
    public Decisions(int most) {
        this(most, () -> false);
    }

    /** As above. @param timeIsUp once it is, what is not known is not decided any more */
    public Decisions(int most, BooleanSupplier timeIsUp) {
        this(most, timeIsUp, Map.of());
    }

    private Decisions(int most, BooleanSupplier timeIsUp, Map<Conditions, Decision> before) {
        this.most = most;
        this.timeIsUp = timeIsUp;
        this.before = before;
    }

    /** {@return one that knows what this one knows, for questions that must not change what this one says} @param more different parts that it decides */
    public Decisions aside(int more) {
        return new Decisions(more, timeIsUp, known);
    }

    /** {@return whether the conditions can be satisfied} */
    public Decision of(Conditions conditions) {
        Conditions.Split split = conditions.split();
        Decision decision = parts(split.rest());
        if (!(decision instanceof Decision.Satisfied)) {
            return decision;
        }
        Conditions apart = Doubts.apart(split.rest());
        Decision sure = apart.equals(split.rest()) ? decision : parts(apart);
        Optional<String> doubt = Doubts.of(split.rest()).or(() -> sure instanceof Decision.Contradiction ? Optional.of(Doubts.OVERLAP) : Optional.empty());
        if (doubt.isPresent()) {
            return new Decision.Undecided(doubt.get());
        }
        if (sure instanceof Decision.Satisfied s) {
            Map<Symbol, Long> values = new LinkedHashMap<>(s.values());
            split.dropped().each(d -> values.put(d.unknown(), Terms.evaluate(d.meaning(), x -> values.getOrDefault(x, 0L))));
            return new Decision.Satisfied(values);
        }
        return sure;
    }

    private Decision parts(Conditions conditions) {
        Map<Symbol, Long> values = new LinkedHashMap<>();
        Decision.Undecided open = null;
        for (Conditions part : conditions.parts()) {
            switch (part(part)) {
                case Decision.Contradiction c -> {
                    return c;
                }
                case Decision.Satisfied s -> values.putAll(s.values());
                case Decision.Undecided u -> open = u;
            }
        }
        return open == null ? new Decision.Satisfied(values) : open;
    }

    /** {@return whether {@link #of} would say that the conditions contradict each other} Takes less time, as it finds no values. */
    public boolean contradict(Conditions conditions) {
        return !timeIsUp.getAsBoolean() && conditions.split().rest().parts().anySatisfy(part -> contradictory(part.rename(numbers(part)::get)));
    }

    private boolean contradictory(Conditions numbered) {
        if (known.containsKey(numbered) || possible.contains(numbered) || known.size() + possible.size() >= most) {
            return known.get(numbered) instanceof Decision.Contradiction;
        }
        Decision decision = Decision.ofPartSoon(numbered, models, Decision.MOST_GATES, hard < MOST_HARD ? Decision.MOST_CONFLICTS : FEW_CONFLICTS);
        switch (decision) {
            case Decision.Contradiction c -> known.put(numbered, c);
            case Decision.Satisfied s -> {
                possible.add(numbered);
                models.addFirst(s.values());
                if (models.size() > MOST_MODELS) {
                    models.removeLast();
                }
            }
            case Decision.Undecided u -> {
                possible.add(numbered);
                hard++;
            }
        }
        return decision instanceof Decision.Contradiction;
    }

    /** {@return the unknowns of the part by numbers, in the order in which they are met} */
    private static Map<Symbol, Symbol> numbers(Conditions part) {
        Map<Symbol, Symbol> numbered = new LinkedHashMap<>();
        part.forEachUnknown(s -> numbered.computeIfAbsent(s, x -> new Symbol(Symbol.INITIAL, Symbol.Kind.FRESH, numbered.size(), 0, x.bytes())));
        return numbered;
    }

    /** Parts that differ in the names of their unknowns only, as those of two runs of one program often do, are decided once. */
    private Decision part(Conditions part) {
        Map<Symbol, Symbol> numbered = numbers(part);
        Decision decision = numbered(part.rename(numbered::get));
        if (!(decision instanceof Decision.Satisfied s)) {
            return decision;
        }
        Map<Symbol, Long> values = new LinkedHashMap<>();
        numbered.forEach((symbol, number) -> values.put(symbol, s.values().getOrDefault(number, 0L)));
        return new Decision.Satisfied(values);
    }

    private Decision numbered(Conditions part) {
        Decision decision = known.getOrDefault(part, before.get(part));
        if (decision == null && timeIsUp.getAsBoolean()) {
            return new Decision.Undecided("no time was left to decide the conditions on the way");
        }
        if (decision == null) {
            decision = known.size() < most ? Decision.ofPart(part, Decision.MOST_GATES, hard < MOST_HARD ? Decision.MOST_CONFLICTS : FEW_CONFLICTS)
                    : new Decision.Undecided("more than " + most + " groups of conditions");
            hard += decision instanceof Decision.Undecided ? 1 : 0;
            known.put(part, decision);
        }
        return decision;
    }
}
