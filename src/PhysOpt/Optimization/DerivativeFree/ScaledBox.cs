namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// The variables that bounds leave free, each in units of its own size: z = x / s. Fixed ones, of which both bounds are one number, drop
/// out.
/// </summary>
/// <remarks>
/// The size is that of the start, and no more than the width of the bounds, so that what a method does in z does not depend on the units of
/// x. A z at a bound is mapped to the bound itself, whatever rounding makes of s z.
/// </remarks>
internal sealed class ScaledBox
{
    const double Other = 10; // times a size, that is another one

    readonly Vector start;
    readonly Bounds bounds;
    readonly int[] free;
    readonly double[] sizes;

    /// <param name="bounds">The bounds of x.</param>
    /// <param name="start">Where the run begins, within the bounds; n components.</param>
    /// <param name="at">The point that tells the sizes beside it; the start unless given.</param>
    internal ScaledBox(Bounds bounds, Vector start, Vector? at = null)
    {
        (this.bounds, this.start) = (bounds, start);
        free = [.. Enumerable.Range(0, start.Count).Where(i => !bounds.Exist || bounds.Lower[i] < bounds.Upper[i])];
        var all = bounds.Sizes(at ?? start, start);
        sizes = [.. free.Select(i => all[i])];
        Start = [.. free.Select((i, j) => start[i] / sizes[j])];
        Lower = [.. free.Select((i, j) => bounds.Exist ? double.Min(bounds.Lower[i] / sizes[j], Start[j]) : double.NegativeInfinity)];
        Upper = [.. free.Select((i, j) => bounds.Exist ? double.Max(bounds.Upper[i] / sizes[j], Start[j]) : double.PositiveInfinity)];
    }

    /// <summary>The number of free variables.</summary>
    internal int Count => free.Length;

    /// <summary>z at the start.</summary>
    internal double[] Start { get; }

    /// <summary>The lower bounds of z; minus infinity where there is none.</summary>
    internal double[] Lower { get; }

    /// <summary>The upper bounds of z; infinity where there is none.</summary>
    internal double[] Upper { get; }

    /// <summary>The size of free variable j, in units of x.</summary>
    internal double Size(int j) => sizes[j];

    /// <summary>The box in units of the sizes at a point; itself where these are much the same.</summary>
    internal ScaledBox ResizedFor(Vector at)
    {
        var other = new ScaledBox(bounds, start, at);
        for (var j = 0; j < sizes.Length; j++)
        {
            if (other.sizes[j] / sizes[j] is < 1 / Other or > Other) return other;
        }

        return this;
    }

    /// <summary>z of a point x.</summary>
    internal double[] Scaled(Vector x) => [.. free.Select((i, j) => double.Clamp(x[i] / sizes[j], Lower[j], Upper[j]))];

    /// <summary>The x of a z, all n variables.</summary>
    internal Vector Unscaled(ReadOnlySpan<double> z)
    {
        var x = start.ToArray();
        for (var j = 0; j < free.Length; j++)
        {
            var i = free[j];
            x[i] = z[j] == Start[j] ? start[i]
                : !bounds.Exist ? sizes[j] * z[j]
                : z[j] <= Lower[j] ? bounds.Lower[i]
                : z[j] >= Upper[j] ? bounds.Upper[i]
                : double.Clamp(sizes[j] * z[j], bounds.Lower[i], bounds.Upper[i]);
        }

        return Vector.Wrap(x);
    }
}
