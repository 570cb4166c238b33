package bpfmc.model.verifier;

import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;

/** The numbers by which one path names the elements that it has met. */
final class ElementNumbers {
    private ElementNumbers() {}

    /** Numbers the elements in the order they are met and forgets those that nothing names any more. */
    static void renumber(RunConfig config, VerifierPath way) {
        int first = config.object().maps().size();
        Map<Integer, Integer> names = new LinkedHashMap<>();
        MachineValues.forEachValue(way.machine, v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.Element e && e.slot() >= first) {
                names.putIfAbsent(e.slot(), first + names.size());
            }
        });
        way.custody.locks().each(l -> {
            if (l.element() >= first) {
                names.putIfAbsent(l.element(), first + names.size());
            }
        });
        way.custody.references().each(r -> names.putIfAbsent(r.element(), first + names.size()));
        if (names.size() == way.custody.origins().size() && names.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()))) {
            return;
        }
        MachineValues.change(way.machine, v -> v instanceof Value.Pointer p && p.region() instanceof Region.Element e && e.slot() >= first
                ? p.at(new Region.Element(names.get(e.slot()), e.life()), p.offset()) : v);
        var origins = IntObjectMaps.mutable.<Origin>empty();
        names.forEach((old, now) -> origins.put(now, way.custody.origins().get(old)));
        way.custody = way.custody.withOrigins(origins.toImmutable()).withLocks(way.custody.locks().collect(l ->
                new VerifierState.Lock(l.kind(), names.getOrDefault(l.element(), l.element()), l.at())))
                .withReferences(way.custody.references().collect(r -> new VerifierState.Reference(names.get(r.element()), r.at())));
    }
}
