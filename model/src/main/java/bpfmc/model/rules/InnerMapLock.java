package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** An inner map has a lock only where the kernel allows it, and is like the template of its outer map. */
final class InnerMapLock implements LockRule.OfMap {
    @Override
    public String id() {
        return "inner-map-lock";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        if (map.inner().isEmpty()) {
            return Optional.empty();
        }
        MapDefinition template = map.inner().get();
        if (!kernel.atLeast(6, 2)) {
            return Locks.has(template, kernel, SpecialKind.SPIN_LOCK)
                    ? Optional.of(Breach.because("the values of its inner maps hold a lock").saying("inner")) : Optional.empty();
        }
        return map.initialInner().newWithAll(map.replacements()).select(i -> i >= 0).collect(object.maps()::get).detectOptional(inner -> !alike(template, inner, kernel))
                .map(inner -> Breach.because("inner map " + inner.name() + " is not like the template"));
    }

    private static boolean alike(MapDefinition template, MapDefinition inner, Kernel kernel) {
        return template.type() == inner.type() && template.keySize() == inner.keySize() && template.valueSize() == inner.valueSize()
                && template.flags() == inner.flags() && Locks.visible(template, kernel).equals(Locks.visible(inner, kernel));
    }
}
