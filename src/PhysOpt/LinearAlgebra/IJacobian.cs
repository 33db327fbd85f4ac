namespace PhysOpt.LinearAlgebra;

/// <summary>A Jacobian J, m by n, as a method for least squares sees it, whether its entries are stored all or without the zeros.</summary>
internal interface IJacobian
{
    /// <summary>m.</summary>
    int RowCount { get; }

    /// <summary>n.</summary>
    int ColumnCount { get; }

    /// <summary>True when no entry is NaN or infinite.</summary>
    bool IsFinite { get; }

    /// <summary>The first entry, row by row, that is NaN or infinite; null where there is none.</summary>
    (int Row, int Column, double Value)? FirstNotFinite();

    /// <summary>J v, m components.</summary>
    Vector Multiply(Vector v);

    /// <summary>J'w, n components.</summary>
    Vector TransposeMultiply(Vector w);

    /// <summary>|J| |v|, m components: the sums of the sizes of what J v adds up.</summary>
    Vector MultiplySizes(Vector v);

    /// <summary>The Euclidean norm of a column.</summary>
    double ColumnNorm(int column);

    /// <summary>The d of least Euclidean norm that minimises |r - J d|.</summary>
    /// <param name="r">r, m components.</param>
    Vector LeastSquares(Vector r);

    /// <summary>The steps that minimise |r + J p| within a length of |D p|, in some of the variables while the others stay.</summary>
    /// <param name="variables">The variables, in order.</param>
    /// <param name="residual">r, m components.</param>
    /// <param name="scale">The diagonal of D, n components.</param>
    IDampedStep Steps(int[] variables, Vector residual, Vector scale);
}

/// <summary>The step p that minimises |r + J p| within a length of |D p|.</summary>
internal interface IDampedStep
{
    /// <summary>
    /// p, a component for each of the variables that move, and the lambda of |r + J p|^2 + lambda |D p|^2 that it minimises: 0 where the
    /// step without a radius, the shortest if there are many, lies within it.
    /// </summary>
    /// <param name="radius">The largest |D p|.</param>
    (Vector Step, double Lambda) Within(double radius);
}
