using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Compiling;

/// <summary>Eight numbers in one vector, from and to the vectors of the machine's width.</summary>
internal static class VectorParts
{
    static readonly MethodInfo[] Halves512 = Two(typeof(Vector512));
    static readonly MethodInfo[] Halves256 = Two(typeof(Vector256));

    /// <summary>The eight partial sums in their order: ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Total(Vector512<double> sums)
    {
        var four = sums.GetLower() + sums.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>Pushes the vector of eight; where there are too few parts, the first one stands for those that are missing.</summary>
    internal static void PushWhole(ILGenerator code, LocalBuilder[] parts)
    {
        var count = LoopEmitter.Group / VectorInstructions.LaneCount;
        for (var part = 0; part < count; part++)
        {
            code.Emit(OpCodes.Ldloc, part < parts.Length ? parts[part] : parts[0]);
            if (count == 4 && part % 2 == 1) code.Emit(OpCodes.Call, Halves256[0]);
        }

        if (count > 1) code.Emit(OpCodes.Call, Halves512[0]);
    }

    /// <summary>Pops the vector of eight into the first few parts.</summary>
    internal static LocalBuilder[] Split(ILGenerator code, int parts)
    {
        var whole = code.DeclareLocal(typeof(Vector512<double>));
        code.Emit(OpCodes.Stloc, whole);
        var count = LoopEmitter.Group / VectorInstructions.LaneCount;
        if (count == 1) return [whole];
        return [.. Enumerable.Range(0, parts).Select(Part)];

        LocalBuilder Part(int part)
        {
            code.Emit(OpCodes.Ldloc, whole);
            code.Emit(OpCodes.Call, Halves512[1 + part * 2 / count]);
            if (count == 4) code.Emit(OpCodes.Call, Halves256[1 + part % 2]);
            var local = code.DeclareLocal(VectorInstructions.Vector);
            code.Emit(OpCodes.Stloc, local);
            return local;
        }
    }

    /// <summary>Two halves to a vector, a vector to its lower half, a vector to its upper half.</summary>
    static MethodInfo[] Two(Type width)
    {
        var half = (width == typeof(Vector512) ? typeof(Vector256<>) : typeof(Vector128<>)).MakeGenericType(typeof(double));
        MethodInfo OfDouble(string name) =>
            width.GetMethods().Single(m => m.Name == name && m.IsGenericMethodDefinition).MakeGenericMethod(typeof(double));
        return [width.GetMethod("Create", [half, half])!, OfDouble("GetLower"), OfDouble("GetUpper")];
    }
}
