using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// The instructions for vectors of doubles of the width that this machine has. Each computes in every lane what its operation does
/// with one number.
/// </summary>
internal static class VectorInstructions
{
    static readonly Type Width = Vector512.IsHardwareAccelerated ? typeof(Vector512)
        : Vector256.IsHardwareAccelerated ? typeof(Vector256) : typeof(Vector128);

    static readonly Type Generic = Width == typeof(Vector512) ? typeof(Vector512<>)
        : Width == typeof(Vector256) ? typeof(Vector256<>) : typeof(Vector128<>);

    /// <summary>The numbers in a vector.</summary>
    internal static readonly int LaneCount = Width == typeof(Vector512) ? 8 : Width == typeof(Vector256) ? 4 : 2;

    /// <summary>A vector of doubles.</summary>
    internal static readonly Type Vector = Generic.MakeGenericType(typeof(double));

    /// <summary>A double to a vector of it.</summary>
    internal static readonly MethodInfo Broadcast = Width.GetMethod("Create", [typeof(double)])!;

    /// <summary>As many doubles as there are lanes to a vector.</summary>
    internal static readonly MethodInfo Assemble = Width.GetMethod("Create", [.. Enumerable.Repeat(typeof(double), LaneCount)])!;

    /// <summary>As many integers as there are lanes to a vector of doubles with these bits.</summary>
    internal static readonly MethodInfo[] AssembleBits =
    [
        Width.GetMethod("Create", [.. Enumerable.Repeat(typeof(long), LaneCount)])!,
        Width.GetMethod("AsDouble")!.MakeGenericMethod(typeof(long)),
    ];

    /// <summary>Address to vector.</summary>
    internal static readonly MethodInfo Load = OfDouble("LoadUnsafe", 1);

    /// <summary>Vector and address to nothing.</summary>
    internal static readonly MethodInfo Store = OfDouble("StoreUnsafe", 2);

    /// <summary>Vector and lane to double.</summary>
    internal static readonly MethodInfo Element = OfDouble("GetElement", 2);

    /// <summary>Mask, vector where it is set, vector where it is not.</summary>
    internal static readonly MethodInfo Select = OfDouble("ConditionalSelect", 3);

    static readonly ConcurrentDictionary<(string Name, int Operands), MethodInfo> Methods = [];

    /// <summary>Vectors, as many as there are operands, to a vector or a mask: the method of this name of all widths.</summary>
    internal static MethodInfo Of(string name, int operands) => Methods.GetOrAdd(
        (name, operands), key =>
            Width.GetMethod(key.Name, [.. Enumerable.Repeat(Vector, key.Operands)]) ?? OfDouble(key.Name, key.Operands));

    /// <summary>
    /// The overload on vectors, or on a vector and an address or a lane: not on a vector and a number of its type, nor on pointers.
    /// </summary>
    static MethodInfo OfDouble(string name, int parameters) => Width.GetMethods()
        .Single(method => method.Name == name && method.IsGenericMethodDefinition
            && method.GetParameters() is { } list && list.Length == parameters
            && !list.Any(parameter => parameter.ParameterType.IsPointer || parameter.ParameterType.IsGenericMethodParameter))
        .MakeGenericMethod(typeof(double));
}
