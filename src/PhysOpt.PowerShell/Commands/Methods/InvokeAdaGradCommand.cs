using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>AdaGrad: steps scaled by the root of the sum of all squared gradients. The learning rate is 0.01 unless given.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AdaGrad", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeAdaGradCommand : MethodCommand
{
    /// <summary>The number that keeps the division from failing, in units of the gradient.</summary>
    [Parameter]
    [ValidatePositive]
    public double Epsilon { get; set; } = 1e-8;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new AdaGrad(LearningRateOr(AdaGrad.DefaultLearningRate), Epsilon), options, StopToken);
}
