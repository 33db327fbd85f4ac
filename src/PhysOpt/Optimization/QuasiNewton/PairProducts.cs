using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The inner products of curvature pairs over a set of variables: S'S, S'Y and Y'Y, k by k, row by row. Variables are added and taken away
/// one by one; where much more was taken away than is left, it has to be summed anew.
/// </summary>
/// <param name="count">k.</param>
internal sealed class PairProducts(int count)
{
    /// <summary>
    /// Where a square has fallen below this share of the largest it has been, rounding is 1000 times as large beside it as in a fresh sum,
    /// and all is summed anew.
    /// </summary>
    const double Remaining = 1e-3;

    readonly double[] largest = new double[2 * count]; // s_i's_i and y_i'y_i have been

    internal double[] SS { get; } = new double[count * count];

    internal double[] SY { get; } = new double[count * count];

    internal double[] YY { get; } = new double[count * count];

    /// <summary>
    /// True while rounding is small beside every square. A product is off by no more than the squares of its factors, by the inequality of
    /// Cauchy and Schwarz.
    /// </summary>
    internal bool IsAccurate
    {
        get
        {
            for (var i = 0; i < count; i++)
            {
                if (!(SS[i * count + i] >= Remaining * largest[i]) || !(YY[i * count + i] >= Remaining * largest[count + i])) return false;
            }

            return true;
        }
    }

    /// <summary>A copy without the first pairs, with room for <paramref name="to"/>.</summary>
    internal PairProducts Shifted(int dropped, int to)
    {
        var shifted = new PairProducts(to);
        var kept = int.Min(count - dropped, to);
        for (var i = 0; i < kept; i++)
        {
            var from = (i + dropped) * count + dropped;
            SS.AsSpan(from, kept).CopyTo(shifted.SS.AsSpan(i * to));
            SY.AsSpan(from, kept).CopyTo(shifted.SY.AsSpan(i * to));
            YY.AsSpan(from, kept).CopyTo(shifted.YY.AsSpan(i * to));
            (shifted.largest[i], shifted.largest[to + i]) = (largest[i + dropped], largest[count + i + dropped]);
        }

        return shifted;
    }

    /// <summary>The products over both of two sets without a variable in common.</summary>
    internal PairProducts Plus(PairProducts other)
    {
        var sum = new PairProducts(count);
        SpanKernel.Combine(1, SS, 1, other.SS, sum.SS);
        SpanKernel.Combine(1, SY, 1, other.SY, sum.SY);
        SpanKernel.Combine(1, YY, 1, other.YY, sum.YY);
        return sum;
    }

    /// <summary>Adds the share of some variables to the products of pair j with the pairs before it and with itself.</summary>
    /// <param name="pairs">All vectors, whole.</param>
    /// <param name="j">Which pair.</param>
    /// <param name="start">The first of the variables.</param>
    /// <param name="sj">Their components in s_j, zero outside the set.</param>
    /// <param name="yj">Their components in y_j, zero outside the set.</param>
    internal void AddPair(in PairVectors pairs, int j, int start, ReadOnlySpan<double> sj, ReadOnlySpan<double> yj)
    {
        var ignored = 0.0;
        for (var i = 0; i <= j; i++) AddProducts(pairs, i, j, start, sj, yj, [], ref ignored, ref ignored);
    }

    /// <summary>The same of pair j with pair i alone, and along with it s_i'v and y_i'v for a vector v, unless it is empty.</summary>
    internal void AddProducts(
        in PairVectors pairs, int i, int j, int start, ReadOnlySpan<double> sj, ReadOnlySpan<double> yj, ReadOnlySpan<double> v,
            ref double sv, ref double yv)
    {
        var ignored = 0.0;
        ref var ys = ref i < j ? ref SY[j * count + i] : ref ignored; // s_j'y_j counts once
        var s = pairs.S(i).Slice(start, sj.Length);
        var y = pairs.Y(i).Slice(start, sj.Length);
        ref var ss = ref SS[i * count + j];
        ref var sy = ref SY[i * count + j];
        ref var yy = ref YY[i * count + j];
        if (v.IsEmpty) SpanKernel.AddDots(s, y, sj, yj, ref ss, ref sy, ref ys, ref yy);
        else SpanKernel.AddDots(s, y, sj, yj, v, ref ss, ref sy, ref ys, ref yy, ref sv, ref yv);
    }

    /// <summary>Ends <see cref="AddPair"/> for pair j, when all variables have been added.</summary>
    internal void ClosePair(int j)
    {
        for (var i = 0; i < j; i++) (SS[j * count + i], YY[j * count + i]) = (SS[i * count + j], YY[i * count + j]);
        (largest[j], largest[count + j]) = (SS[j * count + j], YY[j * count + j]);
    }

    /// <summary>Adds one variable, or takes it away.</summary>
    /// <param name="sign">1 or -1.</param>
    /// <param name="s">Its component in each s.</param>
    /// <param name="y">Its component in each y.</param>
    internal void Add(double sign, ReadOnlySpan<double> s, ReadOnlySpan<double> y)
    {
        for (var i = 0; i < count; i++)
        {
            var row = i * count;
            SpanKernel.Combine(1, SS.AsSpan(row, count), sign * s[i], s, SS.AsSpan(row, count));
            SpanKernel.Combine(1, SY.AsSpan(row, count), sign * s[i], y, SY.AsSpan(row, count));
            SpanKernel.Combine(1, YY.AsSpan(row, count), sign * y[i], y, YY.AsSpan(row, count));
            largest[i] = double.Max(largest[i], SS[row + i]);
            largest[count + i] = double.Max(largest[count + i], YY[row + i]);
        }
    }
}
