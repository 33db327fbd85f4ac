using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>The moves of a simplex, and the restarts where it has collapsed.</summary>
/// <remarks>Gao and Han (2012): reflection 1, expansion 1 + 2/n, contraction 3/4 - 1/(2n), shrinkage 1 - 1/n.</remarks>
internal sealed partial class NelderMeadSearch : IValueSearch
{
    readonly int n;
    readonly double lastSize, first;
    readonly double expansion, contraction, shrinkage;
    readonly double[][] vertices; // the best one first, the worst one last
    readonly double[] values;
    readonly double[] centroid, reflected, trial;
    readonly IEnumerator<bool> conversation;
    ScaledBox box;
    double told, size;
    int failures; // in a row
    int idle; // values since the best one

    /// <param name="bounds">The bounds of x.</param>
    /// <param name="start">Where the search begins, within the bounds.</param>
    /// <param name="value">The loss there.</param>
    /// <param name="firstSize">The length of the first edges, in sizes of the variables.</param>
    /// <param name="lastSize">That of a simplex that has collapsed.</param>
    internal NelderMeadSearch(Bounds bounds, Vector start, double value, double firstSize, double lastSize)
    {
        box = new(bounds, start);
        (n, size, this.lastSize, first) = (box.Count, firstSize, lastSize, value);
        var adapted = double.Max(n, 2); // for one variable as for two
        (expansion, contraction, shrinkage) = (1 + 2 / adapted, 0.75 - 1 / (2 * adapted), 1 - 1 / adapted);
        vertices = [.. Enumerable.Range(0, n + 1).Select(_ => (double[])box.Start.Clone())];
        values = [value, .. Enumerable.Repeat(double.PositiveInfinity, n)];
        (centroid, reflected, trial) = (new double[n], new double[n], new double[n]);
        conversation = Search().GetEnumerator();
    }

    /// <inheritdoc/>
    public TerminationReason Reason { get; private set; }

    /// <inheritdoc/>
    public string? Note { get; private set; }

    /// <inheritdoc/>
    public Vector? Next()
    {
        if (failures > MostFailures * (n + 1)) Reason = TerminationReason.NonFinite;
        return Reason == TerminationReason.Running && conversation.MoveNext() ? box.Unscaled(trial) : null;
    }

    /// <inheritdoc/>
    public void Tell(double value)
    {
        told = double.IsNaN(value) ? double.PositiveInfinity : value;
        failures = double.IsFinite(told) ? 0 : failures + 1;
        idle = told < values[0] ? 0 : idle + 1;
    }

    /// <summary>Moves until the simplex has collapsed.</summary>
    /// <param name="least">The size of one that has.</param>
    IEnumerable<bool> Descend(double least)
    {
        idle = 0;
        while (!HasCollapsed(least))
        {
            SetCentroid();
            Along(1);
            trial.CopyTo(reflected, 0);
            yield return true;
            var value = told;
            if (value < values[0])
            {
                Along(expansion);
                yield return true;
                if (told < value) ReplaceWorst(trial, told);
                else ReplaceWorst(reflected, value);
            }
            else if (value < values[n - 1])
            {
                ReplaceWorst(reflected, value);
            }
            else
            {
                var isBetter = value < values[n];
                Along(isBetter ? contraction : -contraction);
                yield return true;
                if (isBetter ? told <= value : told < values[n]) ReplaceWorst(trial, told);
                else foreach (var each in Shrink()) yield return each;
            }
        }
    }

    /// <summary>All but the best move towards it.</summary>
    IEnumerable<bool> Shrink()
    {
        for (var k = 1; k <= n; k++)
        {
            SpanKernel.Combine(1 - shrinkage, vertices[0], shrinkage, vertices[k], trial);
            Keep(trial);
            yield return true;
            trial.CopyTo(vertices[k], 0);
            values[k] = told;
        }

        Sort();
    }

    /// <summary>The mean of all vertices but the worst.</summary>
    void SetCentroid()
    {
        Array.Clear(centroid);
        for (var k = 0; k < n; k++) SpanKernel.Add(1.0 / n, vertices[k], 0, vertices[k], centroid);
    }

    /// <summary>The centroid and a multiple of its distance from the worst vertex, within the bounds.</summary>
    void Along(double multiple)
    {
        SpanKernel.Combine(1 + multiple, centroid, -multiple, vertices[n], trial);
        Keep(trial);
    }

    void Keep(double[] z)
    {
        for (var i = 0; i < n; i++) z[i] = double.Clamp(z[i], box.Lower[i], box.Upper[i]);
    }

    void ReplaceWorst(double[] z, double value)
    {
        z.CopyTo(vertices[n], 0);
        values[n] = value;
        for (var k = n; k > 0 && values[k] < values[k - 1]; k--)
        {
            (vertices[k], vertices[k - 1]) = (vertices[k - 1], vertices[k]);
            (values[k], values[k - 1]) = (values[k - 1], values[k]);
        }
    }

    /// <summary>By insertion, so that equals keep their order.</summary>
    void Sort()
    {
        for (var last = 1; last <= n; last++)
        {
            for (var k = last; k > 0 && values[k] < values[k - 1]; k--)
            {
                (vertices[k], vertices[k - 1]) = (vertices[k - 1], vertices[k]);
                (values[k], values[k - 1]) = (values[k - 1], values[k]);
            }
        }
    }

    /// <summary>
    /// True where no edge from the best vertex is longer than the last size, where values cannot be told apart over a thousandth of the
    /// sizes, and where nothing lower was found for long.
    /// </summary>
    bool HasCollapsed(double least) => idle > MostIdle * (n + 1) || Width is var width && (width <= least
        || (width <= LookSize && values[n] - values[0] <= LossRounding.Of(values[0])));

    double Width
    {
        get
        {
            var width = 0.0;
            for (var k = 1; k <= n; k++)
            {
                for (var i = 0; i < n; i++) width = double.Max(width, double.Abs(vertices[k][i] - vertices[0][i]));
            }

            return width;
        }
    }
}
