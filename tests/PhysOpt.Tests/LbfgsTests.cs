using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class LbfgsTests
{
    static readonly OptimizationOptions ToTheEnd = Lbfgs.DefaultOptions;

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_minimum_of_every_reference_problem_is_found(string name)
    {
        var (problem, minimum, minimiser) = TestProblems.All[name];
        var last = Optimizer.Run(problem, new Lbfgs(), ToTheEnd).Last();
        Assert.True(last.Status.IsConverged(), $"{last.Status} at loss {last.Loss} after {last.Iteration} iterations");
        Near.Absolute(minimum, last.Loss, double.Max(1e-8, 1e-6 * minimum), "loss");
        if (minimiser is not null) Near.Absolute(minimiser, last.X, 1e-4); // a loss of 1e-8 leaves sqrt(1e-8) in x
    }

    [Theory]
    [InlineData("Rosenbrock", 36, 44)]
    [InlineData("Beale", 15, 16)]
    [InlineData("HelicalValley", 28, 32)]
    [InlineData("BrownDennis", 18, 19)]
    [InlineData("VariablyDimensioned", 19, 20)]
    public void It_takes_the_iterations_and_evaluations_of_the_reference_implementation(string name, int iterations, int evaluations)
    {
        // The reference's defaults: relative change of the loss 2.2e-9, gradient 1e-5. One more or less is rounding.
        var options = new OptimizationOptions { MaxIterations = 1000, LossTolerance = 2.2e-9, GradientTolerance = 1e-5 };
        var last = Optimizer.Run(TestProblems.All[name].Problem, new Lbfgs(), options).Last();
        Assert.InRange(last.Iteration, iterations - 1, iterations + 1);
        Assert.InRange(last.Evaluations, evaluations - 1, evaluations + 1);
    }

    [Fact]
    public void The_loss_never_rises()
    {
        foreach (var each in TestProblems.All.Values)
        {
            var losses = Optimizer.Run(each.Problem, new Lbfgs(), ToTheEnd).Select(record => record.Loss).ToList();
            for (var k = 1; k < losses.Count; k++) Assert.True(losses[k] <= losses[k - 1], $"{each.Problem.Name} iteration {k}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-9)] // the unit of the loss
    [InlineData(1e9)]
    public void The_first_step_tried_has_length_one(double unit)
    {
        var watch = new Watch();
        var loss = DelegateMap.Scalar(y => unit * y.Dot(y), y => 2 * unit * y);
        _ = Optimizer.Run(watch.Physics(Runs.Rosenbrock).WithLoss(loss), new Lbfgs(), Runs.Exactly(1)).Last();
        Near.Relative(1, (watch.Points[1] - watch.Points[0]).Norm, 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Any_memory_finds_the_bottom_of_the_valley(int memory) =>
        Near.Absolute(new Vector(1, 1), Optimizer.Run(Runs.Rosenbrock, new Lbfgs(memory), ToTheEnd).Last().X, 1e-6);
}
