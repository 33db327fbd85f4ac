using CsCheck;
using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>Methods beside each other: what a run took to reach a target, and first steps of one length.</summary>
public class ComparisonTests
{
    static readonly OptimizationOptions Long = new() { MaxIterations = 200_000 };

    static ComparedRun Run(string method, double? rate = null) => new(MethodRegistry.Require(method), rate);

    [Theory]
    [MemberData(nameof(MethodRegistryTests.Names), MemberType = typeof(MethodRegistryTests))]
    public void An_outcome_is_the_summary_of_the_same_run(string method)
    {
        var options = Runs.Exactly(7);
        var records = MethodRegistry.Require(method).Run(Runs.ThreeSpaces, null, options).ToList();
        var (summary, outcome) = (Trajectory.Summarise(records), Run(method).Measure(Runs.ThreeSpaces, options));
        Assert.Equal(
            (summary.Method, summary.Iterations, summary.FinalLoss, summary.BestLoss, summary.Evaluations, summary.PathLength,
                summary.Straightness, summary.Status, summary.X),
            (outcome.Method, outcome.Iterations, outcome.FinalLoss, outcome.BestLoss, outcome.Evaluations, outcome.PathLength,
                outcome.Straightness, outcome.Status, outcome.X));
        Assert.Equal((records[1].StepNorm, DiagonalAlignment.Of(records[1])!.Alignment), (outcome.FirstStepNorm, outcome.FirstAlignment));
        Assert.Equal((null, null), (outcome.TargetReached, outcome.IterationsToTarget));
    }

    [Theory]
    [InlineData("GradientDescent", 0.01, 124_990)]
    [InlineData("Newton", 1.0 / 3, 49)]
    [InlineData("Newton", 1.0, 15)]
    [InlineData("InverseSimulator", 0.3, 32)]
    [InlineData("InverseSimulator", 1.0, 1)]
    public void The_steps_to_a_distance_are_the_reference_numbers(string method, double rate, int steps)
    {
        var outcome = Run(method, rate).Measure(Runs.ThreeSpaces, Long, distanceTarget: 0.01);
        Assert.Equal((true, steps, TerminationReason.DistanceTarget), (outcome.TargetReached, outcome.IterationsToTarget, outcome.Status));
        Assert.Equal((outcome.Iterations, outcome.Evaluations, outcome.Elapsed),
            (outcome.IterationsToTarget, outcome.EvaluationsToTarget, outcome.TimeToTarget));
        Assert.True(outcome.DistanceToSolution <= 0.01);
    }

    [Fact]
    public void The_target_is_met_in_the_first_iteration_that_meets_it() => Gen.Double[1e-6, 100].Sample(target =>
    {
        var records = MethodRegistry.Require("Newton").Run(Runs.ThreeSpaces, 0.5, Runs.Exactly(100)).ToList();
        var outcome = Run("Newton", 0.5).Measure(Runs.ThreeSpaces, Runs.Exactly(100) with { LossTarget = target });
        Assert.Equal(records.First(record => record.Loss <= target).Iteration, outcome.IterationsToTarget);
        Assert.Equal(TerminationReason.LossTarget, outcome.Status);
    });

    [Fact]
    public void With_a_loss_and_a_distance_both_are_to_be_met()
    {
        var (loss, distance) = (Steps(1e-3, null)!.Value, Steps(null, 1e-3)!.Value);
        Assert.NotEqual(loss, distance);
        Assert.Equal(int.Max(loss, distance), Steps(1e-3, 1e-3));

        static int? Steps(double? loss, double? distance) =>
            Run("Newton", 0.5).Measure(Runs.ThreeSpaces, Runs.Exactly(200) with { LossTarget = loss }, distance).IterationsToTarget;
    }

    [Fact]
    public void A_target_that_is_not_met_leaves_nulls_and_the_true_status()
    {
        var outcome = Run("GradientDescent").Measure(Runs.ThreeSpaces, new() { MaxIterations = 3, LossTarget = 0 });
        Assert.Equal((false, null, null, null),
            (outcome.TargetReached, outcome.IterationsToTarget, outcome.EvaluationsToTarget, outcome.TimeToTarget));
        Assert.Equal((TerminationReason.IterationLimit, 3), (outcome.Status, outcome.Iterations));
    }

    [Fact]
    public void A_start_at_the_target_takes_no_iteration_and_has_no_first_step()
    {
        var outcome = Run("Adam").Measure(Runs.ThreeSpaces, new() { LossTarget = 100 });
        Assert.Equal((0, 1L, null, null),
            (outcome.IterationsToTarget, outcome.EvaluationsToTarget, outcome.FirstStepNorm, outcome.FirstAlignment));
    }

    [Fact]
    public void A_distance_needs_a_solution()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => x.Dot(x), x => x), 1);
        Assert.Equal("SolutionMissing", Assert.Throws<ProblemException>(() => Run("Adam").Measure(problem, new(), 0.1)).ErrorId);
    }

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    [InlineData("AdaGrad")]
    [InlineData("RmsProp")]
    [InlineData("Newton")]
    [InlineData("InverseSimulator")] // the only one whose length is not proportional to the rate
    public void A_first_step_is_scaled_to_any_length(string method) => Gen.Double[-3, 0.3].Select(e => double.Pow(10, e)).Sample(
        length =>
        {
            var scaled = FirstStep.Scaled(Run(method), length, Runs.ThreeSpaces, new());
            Near.Relative(length, FirstStep.Length(scaled!, Runs.ThreeSpaces, new())!.Value, 1.1e-9);
        },
        iter: Laws.Samples(20));

    [Fact]
    public void A_length_that_no_learning_rate_gives_is_given_up()
    {
        Assert.Null(FirstStep.Scaled(Run("Adam"), 100, Runs.ThreeSpaces.WithBounds(new(2, 2), new(4, 4)), new()));
        Assert.Null(FirstStep.Scaled(Run("GaussNewton"), 1, Runs.ThreeSpaces, new()));
        Assert.Null(FirstStep.Length(Run("Adam"), Runs.ThreeSpaces.StartingAt(new(0, 0)), new()));
    }

    [Fact]
    public void A_step_that_leaves_the_range_is_shortened_until_it_does_not()
    {
        // the root has no value below zero: the full step of the inverse simulator does not exist at a rate above 1
        Near.Relative(0.5, FirstStep.Length(FirstStep.Scaled(Run("InverseSimulator", 1.5), 0.5, Runs.ThreeSpaces, new())!, Runs.ThreeSpaces,
            new())!.Value, 1.1e-9);
    }
}
