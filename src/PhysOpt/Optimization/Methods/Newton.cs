using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Newton's method as the textbooks have it, x+ = x - eta H(x)^-1 g(x): no globalisation, so it goes to saddles and maxima too.
/// </summary>
/// <remarks>
/// Needs value, gradient and Hessian; O(n^3) per iteration. With eta = 1 it converges quadratically near a minimum with positive definite
/// Hessian, and its path does not depend on the units of x or L. Nocedal and Wright (2006), section 3.3.
/// </remarks>
/// <param name="learningRate">eta, without unit; 1 is the full step.</param>
public sealed class Newton(double learningRate)
    : IMethod<ITwiceDifferentiable, Newton.State>, IEscapesSaddles<ITwiceDifferentiable, Newton.State>
{
    /// <summary>The learning rate by default: the full step.</summary>
    public const double DefaultLearningRate = 1;

    /// <param name="At">x and its gradient.</param>
    public sealed record State(Point At) : IMethodState;

    /// <inheritdoc/>
    public string Name => "Newton";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => false;

    /// <inheritdoc/>
    public bool LeavesSaddles => false;

    /// <inheritdoc/>
    public State Initialize(ITwiceDifferentiable f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(ITwiceDifferentiable f, State state)
    {
        var hessian = f.Hessian(state.At);
        if (!hessian.IsFinite) return new Proposal<State>(null, TerminationReason.NonFinite, NotFinite.Hessian(hessian, state.At.X));

        var (direction, smallestEigenvalue) = Factorization.SolveSymmetric(hessian, state.At.Gradient);
        if (direction is null)
            return new Proposal<State>(null, TerminationReason.SingularHessian,
                $"the Hessian is singular at {PointWords.Place(state.At.X, "G7")}: Newton's step does not exist");

        var next = new State(f.At(state.At.X.AddScaled(-learningRate, direction)));
        var promised = state.At.Gradient.AbsoluteDot(direction) / 2; // g'H^-1 g / 2, at least
        return new Proposal<State>(
            next, TerminationReason.Running, smallestEigenvalue < 0 ? NegativeCurvature(state.At.X, smallestEigenvalue.Value) : null)
        { Promised = promised };
    }

    /// <summary>No way down, which is not what the textbooks have: only whether the loss curves downwards.</summary>
    public Proposal<State> EscapeSaddle(ITwiceDifferentiable f, State state)
    {
        var hessian = f.Hessian(state.At);
        if (!hessian.IsFinite || Factorization.SolvePositiveDefinite(hessian, state.At.Gradient) is not null) return default;
        // in units of the variables' own sizes, so that no unit decides which eigenvalue is negative
        var sizes = VariableSizes.Of(state.At.X, null);
        var scaled = Factorization.SymmetricSpectrum(
            new(sizes.Count, sizes.Count, (i, j) => hessian[i, j] * sizes[i] * sizes[j])).Eigenvalues;
        return scaled[0] < -scaled.Count * Precision.MachineEpsilon * scaled.InfinityNorm
            ? new(null, TerminationReason.Saddle, string.Create(CultureInfo.InvariantCulture,
                $"the gradient vanishes at a saddle or a maximum, where the Hessian has the negative eigenvalue {Shown():G4}"))
            : default;

        double Shown() => Factorization.SymmetricSpectrum(hessian).Eigenvalues[0] is var least and < 0 ? least : scaled[0];
    }

    static string NegativeCurvature(Vector x, double smallestEigenvalue) => string.Create(
        CultureInfo.InvariantCulture,
        $"The Hessian has the negative eigenvalue {smallestEigenvalue:G4} at {PointWords.Place(x, "G7")}: "
        + $"Newton's step goes towards a saddle or a maximum.");
}
