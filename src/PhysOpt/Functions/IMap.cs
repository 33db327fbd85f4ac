namespace PhysOpt.Functions;

/// <summary>A function y = f(x) from R^n to R^m that can be evaluated. A scalar function is a map with m = 1.</summary>
public interface IMap
{
    /// <summary>f(x), m components.</summary>
    /// <param name="x">The point, n components.</param>
    /// <exception cref="EvaluationException">f has no usable value at x.</exception>
    Vector Evaluate(Vector x);
}

/// <summary>A map with first derivatives.</summary>
public interface IDifferentiableMap : IMap
{
    /// <summary>True where the derivatives are formulas that a user wrote beside the function: they may be wrong.</summary>
    bool AreDerivativesSupplied => false;

    /// <summary>The Jacobian J = df/dx at x, m rows and n columns.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x), so that it is not evaluated again.</param>
    Matrix Jacobian(Vector x, Vector y);

    /// <summary>
    /// The vector-Jacobian product J' w, n components: the gradient of w'f(x). With m = 1 and w = (1) it is the gradient of f.
    /// </summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="w">The weights, m components.</param>
    Vector VectorJacobianProduct(Vector x, Vector y, Vector w);
}

/// <summary>A map with second derivatives.</summary>
public interface ITwiceDifferentiableMap : IDifferentiableMap
{
    /// <summary>The Hessian of w'f(x), n by n and symmetric. With m = 1 and w = (1) it is the Hessian of f.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="w">The weights, m components.</param>
    Matrix WeightedHessian(Vector x, Vector y, Vector w);
}

/// <summary>A scalar function whose value and gradient are computed in one pass, hardly dearer than the gradient alone.</summary>
internal interface IValueAndGradientMap : IDifferentiableMap
{
    /// <summary>f(x), the same to the bit as by itself, and its gradient, n components.</summary>
    /// <param name="x">The point; the gradient must be to be had there.</param>
    (double Value, Vector Gradient) ValueAndGradient(Vector x);
}

/// <summary>A scalar function that knows its Newton direction H^-1 g in closed form, cheaper and more exactly than by solving.</summary>
public interface INewtonDirection : IMap
{
    /// <summary>H(x)^-1 g(x), where g is the gradient and H the Hessian.</summary>
    Vector NewtonDirection(Vector x);
}

/// <summary>An inverse of the physics: an x near a given one with f(x) = y.</summary>
public interface IInverseMap
{
    /// <summary>An x with f(x) = y; components that have no value are NaN.</summary>
    /// <param name="y">The wanted output.</param>
    /// <param name="near">Where the caller is: for inverses that have a choice between branches.</param>
    Vector Evaluate(Vector y, Vector near);
}
