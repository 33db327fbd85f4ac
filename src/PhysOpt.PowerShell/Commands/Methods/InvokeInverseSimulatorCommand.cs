using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// The inverse simulator: a Newton step of the loss in the space of y, pulled back to x through an inverse of the physics.
/// The learning rate is 1 unless given: the full step.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "InverseSimulator", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeInverseSimulatorCommand : MethodCommand
{
    /// <summary>How the physics is inverted; the problem's own inverse where it has one, otherwise L-BFGS, unless given.</summary>
    [Parameter]
    public InverseMethod? InverseMethod { get; set; }

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new InverseSimulator(LearningRateOr(InverseSimulator.DefaultLearningRate), problem.Solver(InverseMethod)),
            options, StopToken);
}
