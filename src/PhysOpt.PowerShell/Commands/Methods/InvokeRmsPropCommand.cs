using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>RMSprop: steps scaled by the root of a running mean of the squared gradient. The learning rate is 0.001 unless given.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RmsProp", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeRmsPropCommand : MethodCommand
{
    /// <summary>d, the memory of the mean of the squared gradient.</summary>
    [Parameter]
    [ValidateFraction]
    public double Decay { get; set; } = 0.9;

    /// <summary>The number that keeps the division from failing, in units of the gradient.</summary>
    [Parameter]
    [ValidatePositive]
    public double Epsilon { get; set; } = 1e-8;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new RmsProp(LearningRateOr(RmsProp.DefaultLearningRate), Decay, Epsilon), options, StopToken);
}
