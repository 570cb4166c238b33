package bpfmc.explorer.system.symmetry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.collections.api.list.ListIterable;
import org.eclipse.collections.api.map.MapIterable;
import org.eclipse.collections.api.set.SetIterable;

/**
 * 64 bits of a value, made of its contents alone: equal in every process, unlike {@code hashCode}, which for enums is another one each time a
 * process begins, and a checkpoint is gone on with by another process. Of records every component counts, whatever they are, so none can be
 * forgotten; a class that is not known here is a fault, which the tests look for in all that states are made of.
 */
final class ContentHash {
    /** 2^64 divided by the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** What is known of a class of records. @param name a hash of its name @param components read its components, in order */
    private record Shape(long name, MethodHandle[] components) {}

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(text(type.getName()), Arrays.stream(type.getRecordComponents()).map(ContentHash::reader).toArray(MethodHandle[]::new));
        }
    };

    private ContentHash() {}

    /** {@return a number from which every bit of the other one has been mixed into every bit} */
    static long mix(long number) {
        long mixed = (number ^ number >>> 32) * GOLDEN;
        mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 32;
    }

    /** {@return a number that is most likely different for values that are different} @throws IllegalStateException for values of a class that is not known here */
    static long of(Object value) {
        return switch (value) {
            case null -> 1;
            case Integer i -> mix(i + 2L);
            case Long l -> mix(l ^ GOLDEN);
            case Boolean b -> b ? 3 : 5;
            case Short s -> mix(s + 7L);
            case Byte b -> mix(b + 11L);
            case String s -> text(s);
            case Enum<?> e -> text(e.name());
            case ListIterable<?> l -> inOrder(l);
            case List<?> l -> inOrder(l);
            case MapIterable<?, ?> m -> mix(m.keyValuesView().sumOfLong(p -> mix(of(p.getOne()) * 31 + of(p.getTwo()))) + 13);
            case SetIterable<?> s -> mix(s.sumOfLong(e -> mix(of(e))) + 17);
            case Map<?, ?> m -> mix(m.entrySet().stream().mapToLong(e -> mix(of(e.getKey()) * 31 + of(e.getValue()))).sum() + 13);
            case Set<?> s -> mix(s.stream().mapToLong(e -> mix(of(e))).sum() + 17);
            case Optional<?> o -> o.isPresent() ? mix(of(o.get()) + 19) : 23;
            case OptionalInt o -> o.isPresent() ? mix(o.getAsInt() + 29L) : 31;
            case OptionalLong o -> o.isPresent() ? mix(o.getAsLong() ^ 37) : 41;
            case Record r -> record(r);
            default -> throw new IllegalStateException("no hash of contents for " + value.getClass());
        };
    }

    private static long text(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash) + text.charAt(i);
        }
        return mix(hash);
    }

    private static long inOrder(Iterable<?> list) {
        long hash = 43;
        for (Object element : list) {
            hash = mix(hash) + of(element);
        }
        return mix(hash);
    }

    private static long record(Record value) {
        Shape shape = SHAPES.get(value.getClass());
        long hash = shape.name();
        for (MethodHandle component : shape.components()) {
            hash = mix(hash) + of(read(component, value));
        }
        return mix(hash);
    }

    private static Object read(MethodHandle component, Record value) {
        try {
            return (Object) component.invokeExact((Object) value);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle reader(RecordComponent component) {
        try {
            AccessibleObject accessor = component.getAccessor();
            accessor.setAccessible(true);
            return MethodHandles.lookup().unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
