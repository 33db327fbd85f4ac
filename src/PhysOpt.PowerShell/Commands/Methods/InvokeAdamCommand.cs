using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Adam: steps scaled by running means of the gradient and its square. The learning rate is 0.001 unless given.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Adam", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeAdamCommand : MethodCommand
{
    /// <summary>b1, the memory of the mean of the gradient.</summary>
    [Parameter]
    [ValidateFraction]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>b2, the memory of the mean of its square.</summary>
    [Parameter]
    [ValidateFraction]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>The number that keeps the division from failing, in units of the gradient.</summary>
    [Parameter]
    [ValidatePositive]
    public double Epsilon { get; set; } = 1e-8;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new Adam(LearningRateOr(Adam.DefaultLearningRate), Beta1, Beta2, Epsilon), options, StopToken);
}
