package bpfmc.explorer.system.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.value.Key;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ListIterable;
import org.eclipse.collections.api.map.MapIterable;
import org.eclipse.collections.api.set.SetIterable;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final Set<Class<?>> KNOWN = Set.of(int.class, long.class, boolean.class, short.class, byte.class, Integer.class, Long.class,
            Boolean.class, Short.class, Byte.class, String.class, Optional.class, OptionalInt.class, OptionalLong.class);

    /** Every class that a state can be made of has a hash: whoever adds a component to one of them learns it here, not a user. */
    @Test
    void everythingInAStateHasAHash() {
        Set<String> unknown = new TreeSet<>();
        Set<Type> seen = new HashSet<>();
        for (Class<?> part : List.of(PrivateState.class, Element.class, KeyPartition.class)) {
            look(part, unknown, seen);
        }
        assertThat(seen).hasSizeGreaterThan(60);
        assertThat(unknown).isEmpty();
    }

    private static void look(Type type, Set<String> unknown, Set<Type> seen) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType p) {
            look(p.getRawType(), unknown, seen);
            for (Type argument : p.getActualTypeArguments()) {
                look(argument, unknown, seen);
            }
        } else if (type instanceof Class<?> c && !isKnown(c)) {
            if (c.isRecord()) {
                for (RecordComponent component : c.getRecordComponents()) {
                    look(component.getGenericType(), unknown, seen);
                }
            } else if (c.isSealed()) {
                for (Class<?> permitted : c.getPermittedSubclasses()) {
                    look(permitted, unknown, seen);
                }
            } else {
                unknown.add(c.getName());
            }
        } else if (!(type instanceof Class<?>)) {
            unknown.add(type.getTypeName());
        }
    }

    private static boolean isKnown(Class<?> c) {
        return KNOWN.contains(c) || c.isEnum() || List.class.isAssignableFrom(c) || Map.class.isAssignableFrom(c) || Set.class.isAssignableFrom(c)
                || ListIterable.class.isAssignableFrom(c) || MapIterable.class.isAssignableFrom(c) || SetIterable.class.isAssignableFrom(c);
    }

    /** Another process must come to the same: numbers that were true on some day. */
    @Test
    void doesNotDependOnTheProcess() {
        assertThat(ContentHash.of(Symbol.Kind.CONTEXT)).isEqualTo(ContentHash.of("CONTEXT"));
        assertThat(ContentHash.of(Lists.immutable.with(1, 2))).isEqualTo(ORDERED);
        assertThat(ContentHash.of(new Symbol(1, Symbol.Kind.CONTEXT, 2, 3, 4))).isEqualTo(SYMBOL);
    }

    private static final long ORDERED = -8295255316848185382L;
    private static final long SYMBOL = 496651635982513429L;

    @Test
    void tellsContentsApart() {
        assertThat(ContentHash.of(Lists.immutable.with(1, 2))).isNotEqualTo(ContentHash.of(Lists.immutable.with(2, 1)));
        assertThat(ContentHash.of(Maps.immutable.with(1, 2, 3, 4))).isEqualTo(ContentHash.of(Maps.immutable.with(3, 4, 1, 2)));
        assertThat(ContentHash.of(Maps.immutable.with(1, 2, 3, 4))).isNotEqualTo(ContentHash.of(Maps.immutable.with(1, 4, 3, 2)));
        assertThat(ContentHash.of(Optional.empty())).isNotEqualTo(ContentHash.of(Optional.of(0)));
        assertThat(ContentHash.of(Key.of(7))).isNotEqualTo(ContentHash.of(Key.of(8)));
        assertThat(ContentHash.of(Terms.constant(7))).isNotEqualTo(ContentHash.of(Key.of(7)));
    }
}
