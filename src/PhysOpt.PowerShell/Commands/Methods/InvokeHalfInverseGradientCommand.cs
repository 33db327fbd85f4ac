using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Half-inverse gradients for losses |y - target|^2, x+ = x - eta V S^-b U' dL/dy with dy/dx = U S V'. The learning rate is 0.5 unless
/// given: the full Gauss-Newton step where the exponent is 1.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "HalfInverseGradient", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeHalfInverseGradientCommand : MethodCommand
{
    /// <summary>b, from -1, gradient descent, to 1, Gauss-Newton.</summary>
    [Parameter]
    [ValidateBetween(-1, 1)]
    public double Exponent { get; set; } = HalfInverseGradient.DefaultExponent;

    /// <summary>Singular values up to this times the largest are left out.</summary>
    [Parameter]
    [ValidateFraction]
    public double Truncation { get; set; } = HalfInverseGradient.DefaultTruncation;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new HalfInverseGradient(LearningRateOr(HalfInverseGradient.DefaultLearningRate), Exponent, Truncation),
            options, StopToken);
}
