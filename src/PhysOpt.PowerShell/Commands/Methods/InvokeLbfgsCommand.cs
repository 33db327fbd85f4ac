using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Limited-memory BFGS within bounds, L-BFGS-B, with a More-Thuente line search. The learning rate scales the step that each search tries
/// first; 1 unless given.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "Lbfgs", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeLbfgsCommand : MethodCommand
{
    /// <summary>The number of curvature pairs kept.</summary>
    [Parameter]
    [ValidateBetween(1, 1000)]
    public int Memory { get; set; } = Lbfgs.DefaultMemory;

    private protected override OptimizationOptions DefaultOptions => Lbfgs.DefaultOptions;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new Lbfgs(Memory, LearningRateOr(Lbfgs.DefaultLearningRate)), options, StopToken);
}
