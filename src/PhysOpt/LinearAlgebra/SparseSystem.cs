namespace PhysOpt.LinearAlgebra;

/// <summary>The damped system of a sparse A = J D^-1, by factors that are as sparse.</summary>
/// <remarks>
/// The rows of A, and those of sqrt(lambda) I, are rotated one by one into R, which is all that is stored: George, Heath (1980), "Solution
/// of sparse linear least squares problems using Givens rotations". That keeps the condition of A. Where lambda alone makes the normal
/// equations well conditioned, they are solved instead, by far fewer operations. A row of the identity goes before the rows of A that begin
/// where it does: R is then still empty beyond what the rows before have filled, and little has to be rotated.
/// </remarks>
internal sealed class SparseSystem : IDampedSystem
{
    /// <summary>The lambda in the place of 0 where A does not have full rank: what it sees is kept to eight digits at least.</summary>
    const double Regularisation = Precision.MachineEpsilon;

    /// <summary>A pivot this small beside the largest counts as 0: what it leads to would have less than five digits.</summary>
    const double Negligible = 1e-11;

    /// <summary>The lambda, beside the largest of the diagonal of A'A, from which on the normal equations are good for eight digits.
    /// </summary>
    const double WellDamped = 1e-8;

    readonly SparseMatrix jacobian;
    readonly Elimination order;
    readonly Vector residual;
    readonly int[] variables;
    readonly double[] units; // 1/D by position, 0 for a variable that stays
    readonly double[] slope; // A'r by position
    readonly double[] r, z, row; // the entries of R, Q'r, and the row that is rotated into them
    readonly bool[] isFilled;
    readonly Lazy<NormalMatrix> normal;
    double[] solution = []; // the latest q, by position

    internal SparseSystem(SparseMatrix jacobian, Elimination order, int[] variables, Vector residual, Vector scale)
    {
        (this.jacobian, this.order, this.variables, this.residual) = (jacobian, order, variables, residual);
        var n = jacobian.ColumnCount;
        (units, z, row, isFilled, r) = (new double[n], new double[n], new double[n], new bool[n], new double[order.Entries.Length]);
        foreach (var j in variables) units[order.Position(j)] = 1 / scale[j];
        normal = new(() => new(jacobian, order, units));
        var down = jacobian.TransposeMultiply(residual);
        slope = new double[n];
        for (var k = 0; k < n; k++) slope[k] = down[order.Columns[k]] * units[k];
        SlopeLength = SpanKernel.Norm(slope);
        HasFullRank = Factorise(0);
        Undamped = HasFullRank ? Solve() : Damped(Regularisation);
        if (HasFullRank) UndampedTransposed = Transposed();
    }

    /// <inheritdoc/>
    public Vector Undamped { get; }

    /// <inheritdoc/>
    public bool HasFullRank { get; }

    /// <inheritdoc/>
    public double SlopeLength { get; }

    /// <inheritdoc/>
    public double UndampedTransposed { get; }

    /// <inheritdoc/>
    public double DampedLength => SpanKernel.Norm(solution);

    /// <inheritdoc/>
    public double DampedTransposed => Transposed();

    /// <inheritdoc/>
    public Vector Damped(double lambda)
    {
        if (lambda >= WellDamped * normal.Value.Largest && normal.Value.TryFactorise(lambda, r))
        {
            slope.CopyTo(z, 0);
            SolveTransposed(z);
        }
        else
        {
            _ = Factorise(lambda);
        }

        return Solve();
    }

    /// <summary>Rotates all rows into R; false where R is singular to working precision.</summary>
    bool Factorise(double lambda)
    {
        Array.Clear(r);
        Array.Clear(z);
        Array.Clear(isFilled);
        var damping = double.Sqrt(lambda);
        var next = 0;
        for (var k = 0; k < units.Length; k++)
        {
            if (units[k] == 0)
            {
                r[order.Starts[k]] = 1; // q = 0 for a variable that stays
                isFilled[k] = true;
            }
            else if (damping > 0)
            {
                row[k] = damping;
                Rotate(k, 0);
            }

            for (; next < order.RowOrder.Length && order.FirstPositions[order.RowOrder[next]] == k; next++)
            {
                var i = order.RowOrder[next];
                var columns = jacobian.Pattern.Row(i);
                var values = jacobian.Row(i);
                for (var e = 0; e < values.Length; e++) row[order.Position(columns[e])] = values[e] * units[order.Position(columns[e])];
                Rotate(k, residual[i]);
            }
        }

        var (least, most) = (double.PositiveInfinity, 0.0);
        for (var k = 0; k < units.Length; k++)
        {
            if (units[k] == 0) continue;
            var size = double.Abs(r[order.Starts[k]]);
            (least, most) = (double.Min(least, size), double.Max(most, size));
        }

        return least > Negligible * most;
    }

    /// <summary>Rotates the row, whose first entry is at k or later, with rows of R until it is used up or fills an empty one.</summary>
    void Rotate(int k, double right)
    {
        for (; k >= 0; k = order.Parent(k))
        {
            if (row[k] == 0) continue;
            var (start, end) = (order.Starts[k], order.Starts[k + 1]);
            if (!isFilled[k])
            {
                for (var e = start; e < end; e++) (r[e], row[order.Entries[e]]) = (row[order.Entries[e]], 0);
                (z[k], isFilled[k]) = (right, true);
                return;
            }

            var (cosine, sine) = Givens.Rotation(r[start], row[k]);
            (r[start], row[k]) = (cosine * r[start] + sine * row[k], 0);
            (z[k], right) = (cosine * z[k] + sine * right, cosine * right - sine * z[k]);
            var isUsedUp = true;
            for (var e = start + 1; e < end; e++)
            {
                ref var other = ref row[order.Entries[e]];
                (r[e], other) = (cosine * r[e] + sine * other, cosine * other - sine * r[e]);
                isUsedUp &= other == 0;
            }

            if (isUsedUp) return; // its other entries are all among those of row k
        }
    }

    /// <summary>The q with R q = -Q'r.</summary>
    Vector Solve()
    {
        solution = new double[units.Length];
        for (var k = solution.Length - 1; k >= 0; k--)
        {
            var sum = -z[k];
            for (var e = order.Starts[k] + 1; e < order.Starts[k + 1]; e++) sum -= r[e] * solution[order.Entries[e]];
            solution[k] = sum / r[order.Starts[k]];
        }

        return new(variables.Select(j => solution[order.Position(j)]));
    }

    double Transposed()
    {
        var w = (double[])solution.Clone();
        SolveTransposed(w);
        return SpanKernel.Norm(w);
    }

    /// <summary>Replaces w by R'^-1 w.</summary>
    void SolveTransposed(double[] w)
    {
        for (var k = 0; k < w.Length; k++)
        {
            w[k] /= r[order.Starts[k]];
            for (var e = order.Starts[k] + 1; e < order.Starts[k + 1]; e++) w[order.Entries[e]] -= r[e] * w[k];
        }
    }
}
