using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Gauss-Newton for losses |y - target|^2, halving steps that do not lower the loss. The learning rate is the part of the step that is
/// tried first; 1 unless given.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "GaussNewton", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeGaussNewtonCommand : MethodCommand
{
    private protected override OptimizationOptions DefaultOptions => GaussNewton.DefaultOptions;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new GaussNewton(LearningRateOr(1)), options, StopToken);
}
