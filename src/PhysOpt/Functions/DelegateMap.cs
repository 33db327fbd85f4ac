namespace PhysOpt.Functions;

/// <summary>Maps from delegates. Which derivatives a map offers is in its type, so there is one factory for each.</summary>
public static class DelegateMap
{
    /// <summary>A map known by its values.</summary>
    public static IMap Create(Func<Vector, Vector> value) => new ValueMap(value);

    /// <summary>A map with its Jacobian.</summary>
    public static IDifferentiableMap Create(Func<Vector, Vector> value, Func<Vector, Matrix> jacobian) => new JacobianMap(value, jacobian);

    /// <summary>A map with its Jacobian and the Hessian of w'f(x), given x and w.</summary>
    public static ITwiceDifferentiableMap Create(Func<Vector, Vector> value, Func<Vector, Matrix> jacobian,
        Func<Vector, Vector, Matrix> weightedHessian) =>
        new HessianMap(value, jacobian, weightedHessian);

    /// <summary>A scalar function known by its values.</summary>
    public static IMap Scalar(Func<Vector, double> value) => new ValueMap(x => new Vector(value(x)));

    /// <summary>A scalar function with its gradient.</summary>
    public static IDifferentiableMap Scalar(Func<Vector, double> value, Func<Vector, Vector> gradient) =>
        new JacobianMap(x => new Vector(value(x)), x => AsRow(gradient(x)));

    /// <summary>A scalar function with its gradient and Hessian.</summary>
    public static ITwiceDifferentiableMap Scalar(Func<Vector, double> value, Func<Vector, Vector> gradient, Func<Vector, Matrix> hessian) =>
        new HessianMap(x => new Vector(value(x)), x => AsRow(gradient(x)), (x, w) => Scale(w[0], hessian(x)));

    /// <summary>An inverse from a delegate of the wanted output and the current point.</summary>
    public static IInverseMap Inverse(Func<Vector, Vector, Vector> inverse) => new InverseMap(inverse);

    const string Description = "a compiled function";

    static Matrix AsRow(Vector gradient) => Matrix.Wrap(1, gradient.Count, gradient.ToArray());

    static Matrix Scale(double s, Matrix a) => new(a.RowCount, a.ColumnCount, (i, j) => s * a[i, j]);

    sealed class ValueMap(Func<Vector, Vector> value) : IMap
    {
        public Vector Evaluate(Vector x) => value(x);

        public override string ToString() => Description;
    }

    sealed class JacobianMap(Func<Vector, Vector> value, Func<Vector, Matrix> jacobian) : IDifferentiableMap
    {
        public Vector Evaluate(Vector x) => value(x);

        public override string ToString() => Description;

        public Matrix Jacobian(Vector x, Vector y) => jacobian(x);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) =>
            DerivativeShape.Jacobian(jacobian(x), w.Count, x).TransposeMultiply(w);
    }

    sealed class HessianMap(Func<Vector, Vector> value, Func<Vector, Matrix> jacobian, Func<Vector, Vector, Matrix> weightedHessian)
        : ITwiceDifferentiableMap
    {
        public Vector Evaluate(Vector x) => value(x);

        public override string ToString() => Description;

        public Matrix Jacobian(Vector x, Vector y) => jacobian(x);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) =>
            DerivativeShape.Jacobian(jacobian(x), w.Count, x).TransposeMultiply(w);

        public Matrix WeightedHessian(Vector x, Vector y, Vector w) => weightedHessian(x, w);
    }

    sealed class InverseMap(Func<Vector, Vector, Vector> inverse) : IInverseMap
    {
        public Vector Evaluate(Vector y, Vector near) => inverse(y, near);

        public override string ToString() => Description;
    }
}
