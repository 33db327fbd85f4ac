using PhysOpt.Functions;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>A map known by the values of a call.</summary>
internal sealed class CallMap(ICall call) : IMap, ITravels
{
    /// <inheritdoc/>
    public void Remember() => call.Remember();

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => call.Invoke(x);

    /// <summary>The function's text or name.</summary>
    public override string ToString() => call.ToString()!;
}

/// <summary>
/// An inverse written as { param($y, $x) ... }, where $x is the current point, for inverses that choose between
/// branches.
/// </summary>
internal sealed class CallInverse(ICall call) : IInverseMap, ITravels
{
    /// <inheritdoc/>
    public void Remember() => call.Remember();

    /// <inheritdoc/>
    public Vector Evaluate(Vector y, Vector near) => call.Invoke(y, near);

    /// <summary>The function's text or name.</summary>
    public override string ToString() => call.ToString()!;
}

/// <summary>
/// A map with derivatives that the user supplies: the Jacobian, its transpose times a vector, or both. What is
/// missing is made of the other.
/// </summary>
/// <param name="values">y(x).</param>
/// <param name="jacobian">J(x), a row for each output; null where only the adjoint is given.</param>
/// <param name="adjoint">J(x)'w of x and w, n numbers; null where only the Jacobian is given.</param>
internal sealed class SuppliedDerivativesMap(IMap values, ICall? jacobian, ICall? adjoint) : IDifferentiableMap, ITravels
{
    /// <summary>y(x) without the derivatives.</summary>
    internal IMap Values => values;

    /// <inheritdoc/>
    public void Remember()
    {
        (values as ITravels)?.Remember();
        jacobian?.Remember();
        adjoint?.Remember();
    }

    /// <inheritdoc/>
    public bool AreDerivativesSupplied => true;

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => values.Evaluate(x);

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y)
    {
        if (jacobian is not null) return jacobian.InvokeMatrix(y.Count, x.Count, x);
        var rows = new Vector[y.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = VectorJacobianProduct(x, y, Unit(y.Count, i));
        return new(rows.Length, x.Count, (i, j) => rows[i][j]);
    }

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w)
    {
        if (adjoint is null) return Jacobian(x, y).TransposeMultiply(w);
        var product = adjoint.Invoke(x, w);
        return product.Count == x.Count ? product : throw new EvaluationException(
            "AdjointLengthMismatch",
                $"Adjoint must return as many numbers as x has, {x.Count}, but returned {product.Count}, at {PointWords.Place(x)}.", x);
    }

    static Vector Unit(int count, int index)
    {
        var unit = new double[count];
        unit[index] = 1;
        return Vector.Wrap(unit);
    }

    /// <summary>The text of the values' function.</summary>
    public override string ToString() => values.ToString()!;
}
