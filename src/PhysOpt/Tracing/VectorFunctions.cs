using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing;

/// <summary>
/// exp, log, sin and cos of eight numbers at once, as loops compute them. Within two units in the last place of System.Math's, and what a number
/// gives does not depend on the other seven.
/// </summary>
/// <remarks>
/// The runtime's own functions of vectors choose their way by all numbers of a vector together, and the ways differ in the last bits. So each
/// of them is called here with numbers of one kind only, others being replaced by one of that kind; numbers of no kind go to System.Math.
/// </remarks>
internal static class VectorFunctions
{
    /// <summary>Below the size at which exp overflows or loses digits.</summary>
    const double LargestExponent = 700;

    /// <summary>Up to here three terms of the series of sin and cos are exact.</summary>
    const double TinyAngle = 1.0 / 4096;

    /// <summary>Up to here sin and cos take their arguments as they are; the numbers next to it belong to neither kind.</summary>
    const double SmallAngle = System.Math.PI / 4;

    /// <summary>Up to here arguments are reduced in vectors.</summary>
    const double LargestAngle = 1e5;

    internal static Vector512<double> Exp(Vector512<double> x)
    {
        var usual = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(LargestExponent));
        if (AllOf(usual)) return Vector512.Exp(x);
        return Others(x, usual, Vector512.Exp(Vector512.ConditionalSelect(usual, x, Vector512<double>.Zero)), Operation.Exp);
    }

    internal static Vector512<double> Log(Vector512<double> x) => Vector512.Log(x);

    internal static Vector512<double> Sin(Vector512<double> x)
    {
        var (tiny, small, large) = Kinds(x);
        if (AllOf(large)) return Vector512.Sin(x);
        var result = Vector512.Sin(Vector512.ConditionalSelect(small, x, Vector512.Create(0.5)));
        if (AllOf(small)) return result;
        result = Vector512.ConditionalSelect(large, Vector512.Sin(Vector512.ConditionalSelect(large, x, Vector512<double>.One)), result);
        var square = x * x;
        result = Vector512.ConditionalSelect(tiny, x * (Vector512<double>.One - square * (Vector512.Create(1 / 6.0) - square * (1 / 120.0))), result);
        return Others(x, tiny | small | large, result, Operation.Sin);
    }

    internal static Vector512<double> Cos(Vector512<double> x)
    {
        var (tiny, small, large) = Kinds(x);
        if (AllOf(large)) return Vector512.Cos(x);
        var result = Vector512.Cos(Vector512.ConditionalSelect(small, x, Vector512.Create(0.5)));
        if (AllOf(small)) return result;
        result = Vector512.ConditionalSelect(large, Vector512.Cos(Vector512.ConditionalSelect(large, x, Vector512<double>.One)), result);
        var square = x * x;
        result = Vector512.ConditionalSelect(tiny, Vector512<double>.One - square * (Vector512.Create(0.5) - square * (1 / 24.0)), result);
        return Others(x, tiny | small | large, result, Operation.Cos);
    }

    static bool AllOf(Vector512<double> mask) => Vector512.ExtractMostSignificantBits(mask) == 0xFF;

    static (Vector512<double> Tiny, Vector512<double> Small, Vector512<double> Large) Kinds(Vector512<double> x)
    {
        var size = Vector512.Abs(x);
        var tiny = Vector512.LessThan(size, Vector512.Create(TinyAngle));
        var small = Vector512.LessThan(size, Vector512.Create(SmallAngle * (1 - 1e-15)));
        var large = Vector512.GreaterThan(size, Vector512.Create(SmallAngle * (1 + 1e-15))) & Vector512.LessThan(size, Vector512.Create(LargestAngle));
        return (tiny, Vector512.AndNot(small, tiny), large);
    }

    /// <summary>The results, with those of the numbers that are not done from System.Math.</summary>
    static Vector512<double> Others(Vector512<double> x, Vector512<double> done, Vector512<double> results, Operation operation)
    {
        for (var left = ~Vector512.ExtractMostSignificantBits(done) & 0xFF; left != 0; left &= left - 1)
        {
            var lane = System.Numerics.BitOperations.TrailingZeroCount(left);
            results = results.WithElement(lane, Kernel.Evaluate(operation, x.GetElement(lane), 0));
        }

        return results;
    }
}
