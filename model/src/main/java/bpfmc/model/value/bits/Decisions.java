package bpfmc.model.value.bits;

import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides conditions part by part, and remembers what it has decided. What it says of conditions depends on nothing but them and, when
 * there have been too many, on those that it was asked before.
 */
public final class Decisions {
    /** So many parts may be too hard for the solver; after that it tries less. */
    private static final int MOST_HARD = 8;
    private static final int FEW_CONFLICTS = 200;

    private final int most;
    private int hard;
    private final Map<Conditions, Decision> known = new HashMap<>();

    /** @param most different parts that are decided; further ones are not */
    public Decisions(int most) {
        this.most = most;
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

    /** Parts that differ in the names of their unknowns only, as those of two runs of one program often do, are decided once. */
    private Decision part(Conditions part) {
        Map<Symbol, Symbol> numbered = new LinkedHashMap<>();
        part.forEachUnknown(s -> numbered.computeIfAbsent(s, x -> new Symbol(Symbol.INITIAL, Symbol.Kind.FRESH, numbered.size(), 0, x.bytes())));
        Decision decision = numbered(part.rename(numbered::get));
        if (!(decision instanceof Decision.Satisfied s)) {
            return decision;
        }
        Map<Symbol, Long> values = new LinkedHashMap<>();
        numbered.forEach((symbol, number) -> values.put(symbol, s.values().getOrDefault(number, 0L)));
        return new Decision.Satisfied(values);
    }

    private Decision numbered(Conditions part) {
        Decision decision = known.get(part);
        if (decision == null) {
            decision = known.size() < most ? Decision.ofPart(part, Decision.MOST_GATES, hard < MOST_HARD ? Decision.MOST_CONFLICTS : FEW_CONFLICTS)
                    : new Decision.Undecided("more than " + most + " groups of conditions");
            hard += decision instanceof Decision.Undecided ? 1 : 0;
            known.put(part, decision);
        }
        return decision;
    }
}
