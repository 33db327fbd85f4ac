using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>The box l &lt;= x &lt;= u that a problem keeps its variables in. Bounds that are all infinite are none.</summary>
public sealed class Bounds
{
    /// <summary>No bounds.</summary>
    public static readonly Bounds None = new(Vector.Zero(0), Vector.Zero(0));

    Bounds(Vector lower, Vector upper) => (Lower, Upper) = (lower, upper);

    /// <summary>The lower bounds, minus infinity where there is none; empty when there are none at all.</summary>
    public Vector Lower { get; }

    /// <summary>The upper bounds, infinity where there is none; empty when there are none at all.</summary>
    public Vector Upper { get; }

    /// <summary>False when x may go anywhere.</summary>
    public bool Exist => Lower.Count > 0;

    /// <summary>True when every variable has a finite lower and a finite upper bound.</summary>
    public bool AreAllFinite => Exist && Lower.IsFinite && Upper.IsFinite;

    /// <summary>The bounds of a problem, either of which may be null.</summary>
    public static Bounds Of(Vector? lower, Vector? upper)
    {
        if (!Binds(lower) && !Binds(upper)) return None;
        var n = (lower ?? upper)!.Count;
        return new(lower ?? Everywhere(n, double.NegativeInfinity), upper ?? Everywhere(n, double.PositiveInfinity));
    }

    /// <summary>x + a d, kept within the bounds against rounding.</summary>
    internal Vector Step(Vector x, double a, Vector direction)
    {
        if (!Exist) return x.AddScaled(a, direction);
        var to = GC.AllocateUninitializedArray<double>(x.Count);
        BoxKernel.StepWithin(x.AsSpan(), a, direction.AsSpan(), Lower.AsSpan(), Upper.AsSpan(), to);
        return Vector.Wrap(to);
    }

    /// <summary>A value of variable i, kept within its bounds.</summary>
    internal double Within(int i, double value) => Exist ? double.Clamp(value, Lower[i], Upper[i]) : value;

    /// <summary>The variables that may move: all but those at a bound that steepest descent pushes against it.</summary>
    internal int[] Free(Vector x, Vector gradient) =>
        [.. Enumerable.Range(0, x.Count).Where(i => !Exist || gradient[i] == 0 || (gradient[i] > 0 ? x[i] > Lower[i] : x[i] < Upper[i]))];

    /// <summary>The variables between their bounds.</summary>
    internal int[] Between(Vector x) =>
        [.. Enumerable.Range(0, x.Count).Where(i => !Exist || (x[i] > Lower[i] && x[i] < Upper[i]))];

    /// <summary>The sign of the way from a bound inwards: 0 for a variable between its bounds, or fixed by them.</summary>
    internal int Inward(Vector x, int i) => !Exist || !(Lower[i] < Upper[i]) ? 0 : x[i] <= Lower[i] ? 1 : x[i] >= Upper[i] ? -1 : 0;

    /// <summary>The infinity norm of P(x - g) - x, which is that of g where no bound is in the way. Conn, Gould, Toint (1988).</summary>
    internal double ProjectedNorm(Vector x, Vector gradient) => Exist
        ? BoxKernel.ProjectedInfinityNorm(x.AsSpan(), gradient.AsSpan(), Lower.AsSpan(), Upper.AsSpan())
        : gradient.InfinityNorm;

    /// <summary>The sizes of variables: no more than the bounds leave, and that where nothing else tells.</summary>
    /// <param name="x">The point.</param>
    /// <param name="start">Where x came from.</param>
    internal Vector Sizes(Vector x, Vector start)
    {
        var sizes = VariableSizes.Of(x, start);
        return !Exist ? sizes : Vector.Wrap([.. sizes.Select((size, i) =>
            Upper[i] - Lower[i] is not (> 0 and < double.PositiveInfinity and var width) ? size
            : x[i] == 0 && start[i] == 0 ? width : double.Min(size, width))]);
    }

    static bool Binds(Vector? bound)
    {
        if (bound is null) return false;
        foreach (var value in bound.AsSpan())
        {
            if (double.IsFinite(value)) return true;
        }

        return false;
    }

    static Vector Everywhere(int n, double value)
    {
        var values = new double[n];
        values.AsSpan().Fill(value);
        return Vector.Wrap(values);
    }
}
