using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// BOBYQA, quadratic models of values within bounds, without derivatives. The learning rate is the first radius of the trust region, in
/// sizes of the variables; 0.5 unless given.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "Bobyqa", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeBobyqaCommand : MethodCommand
{
    private protected override OptimizationOptions DefaultOptions => Bobyqa.DefaultOptions;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new Bobyqa(LearningRateOr(Bobyqa.DefaultFirstRadius)), options, StopToken);
}
