namespace PhysOpt.LinearAlgebra;

/// <summary>The damped system of a dense J D^-1, of which J D^-1 P = Q R is decomposed once, and R once more for each lambda.</summary>
internal sealed class DenseSystem : IDampedSystem
{
    readonly PivotedQr qr;
    readonly double[] rotated; // Q'r, filled up with zeros to n numbers where there are fewer
    DampedTriangle? damped;
    double[] latest = []; // the latest damped q, permuted as R

    internal DenseSystem(Matrix jacobian, Vector residual, Vector scale)
    {
        qr = PivotedQr.Of(jacobian, scale);
        var all = residual.ToArray();
        qr.MultiplyByTransposedQ(all);
        rotated = new double[scale.Count];
        all.AsSpan(0, int.Min(all.Length, rotated.Length)).CopyTo(rotated);
        Undamped = -qr.SolveRotated(rotated);
    }

    /// <inheritdoc/>
    public Vector Undamped { get; }

    /// <inheritdoc/>
    public bool HasFullRank => qr.Rank == rotated.Length;

    /// <inheritdoc/>
    public double SlopeLength
    {
        get
        {
            var slope = new double[rotated.Length];
            for (var j = 0; j < slope.Length; j++)
            {
                for (var i = 0; i <= j; i++) slope[j] += qr.R(i, j) * rotated[i];
            }

            return SpanKernel.Norm(slope);
        }
    }

    /// <inheritdoc/>
    public double UndampedTransposed
    {
        get
        {
            var w = new double[rotated.Length];
            for (var j = 0; j < w.Length; j++) w[j] = Undamped[qr.Pivot(j)];
            qr.SolveTransposedUpper(w);
            return SpanKernel.Norm(w);
        }
    }

    /// <inheritdoc/>
    public Vector Damped(double lambda)
    {
        damped ??= new(qr, rotated);
        damped.Factorise(lambda);
        latest = damped.Solve();
        return qr.Unpermuted(latest);
    }

    /// <inheritdoc/>
    public double DampedLength => SpanKernel.Norm(latest);

    /// <inheritdoc/>
    public double DampedTransposed => damped!.LengthOfTransposedSolution(latest);
}
