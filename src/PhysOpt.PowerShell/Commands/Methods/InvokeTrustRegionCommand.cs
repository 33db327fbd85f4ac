using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Newton's method within a trust region, which leaves saddles. The learning rate scales the first radius, max(1, |x0|); 1 unless given.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "TrustRegion", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeTrustRegionCommand : MethodCommand
{
    private protected override OptimizationOptions DefaultOptions => TrustRegionNewton.DefaultOptions;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new TrustRegionNewton(LearningRateOr(1)), options, StopToken);
}
