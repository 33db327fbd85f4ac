using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Alignments, summaries, comparisons and derivatives, against the numbers of the chapter.</summary>
public sealed class MeasureTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Eta 0.01", 1.053930)]
    [InlineData("Invoke-NewtonStep ThreeSpaces -Eta (1/3)", 1.264911)]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Eta 0.3", 1.356443)]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Eta 0.1", 1.346253)]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Eta 1", 1.414214)]
    public void The_first_update_is_aligned_with_the_diagonal_as_in_the_chapter(string run, double alignment)
    {
        var measured = Assert.Single(module.Output($"{run} -Iterations 3 | Measure-DiagonalAlignment"));
        Assert.Equal(alignment, (double)measured.Properties["Alignment"].Value, 6);
        Assert.Equal(double.Sqrt(2), (double)measured.Properties["MaximumAlignment"].Value, 12);
        Assert.Equal(1, measured.Properties["Iteration"].Value);
    }

    [Fact]
    public void All_measures_every_update_of_every_run_and_by_default_the_first_of_each()
    {
        const string Runs = "'ThreeSpaces', 'Rosenbrock' | Invoke-GradientDescent -Eta 1e-4 -Iterations 3";
        Assert.Equal(["0 1", "1 1"],
            module.Texts($"{Runs} | Measure-DiagonalAlignment | ForEach-Object {{ \"$($_.Run) $($_.Iteration)\" }}"));
        Assert.Equal(6, module.Output($"{Runs} | Measure-DiagonalAlignment -All").Count);
    }

    [Fact]
    public void Two_stored_runs_of_the_same_method_are_two_runs() => Assert.Equal(
        2,
        module.Output("""
            $a = Invoke-GradientDescent ThreeSpaces -Iterations 2
            $b = Invoke-GradientDescent ThreeSpaces -InitialGuess 6,6 -Iterations 2
            $a + $b | Measure-DiagonalAlignment
            """).Count);

    [Theory]
    [InlineData("1, 0", 0.0554700)]
    [InlineData("0, 1", 0.9984604)]
    public void Another_direction_can_be_measured_against(string direction, double alignment) => Assert.Equal(
        alignment, (double)Assert.Single(
            module.Output($"Invoke-GradientDescent ThreeSpaces -Iterations 1 | Measure-DiagonalAlignment -Direction {direction}"))
            .Properties["Alignment"].Value, 6);

    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Eta 0.01", 6.863892, 2.6331276, 0.96529)]
    [InlineData("Invoke-NewtonStep ThreeSpaces -Eta (1/3)", 0.731130, 0.9253021, 0.95144)]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Eta 0.3", 0.0718130, 0.5112818, 0.97844)]
    public void A_summary_has_the_numbers_of_the_chapter(string run, double loss, double distance, double straightness)
    {
        var summary = Assert.Single(module.Output($"{run} -Iterations 10 | Measure-Trajectory"));
        Assert.Equal(loss, Number(summary, "FinalLoss"), 6);
        Assert.Equal(distance, Number(summary, "DistanceToSolution"), 6);
        Assert.Equal(straightness, Number(summary, "Straightness"), 5);
        Assert.Equal(10, summary.Properties["Iterations"].Value);
        Assert.Equal("IterationLimit", summary.Properties["Status"].Value.ToString());
    }

    [Fact]
    public void The_best_point_may_be_another_than_the_last()
    {
        var summary = Assert.Single(
            module.Output("Invoke-GradientDescent -Objective { param($x) $x[0] * $x[0] } -InitialGuess 1 -Eta 1.5 -Iterations 3 | " +
            "Measure-Trajectory"));
        Assert.Equal(1.0, Number(summary, "BestLoss"));
        Assert.Equal(0, summary.Properties["BestIteration"].Value);
        Assert.True(Number(summary, "FinalLoss") > 50);
    }

    [Theory]
    [InlineData("'ThreeSpaces', 'Rosenbrock' | Invoke-GradientDescent -Eta 1e-4 -Iterations 2 | Measure-Trajectory", "2 2")]
    [InlineData("(3, 3), (6, 6), (1, 1) | Invoke-GradientDescent ThreeSpaces -Iterations 0 | Measure-Trajectory", "0 0 0")]
    [InlineData("$r = Invoke-GradientDescent ThreeSpaces -Iterations 3; $r + $r | Measure-Trajectory", "3 3")]
    [InlineData("$r = Invoke-GradientDescent ThreeSpaces -Iterations 3; Measure-Trajectory $r", "3")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Iterations 9 | Select-Object -First 3 | Measure-Trajectory", "2")]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Eta 1.2 -WarningAction Ignore | Measure-Trajectory", "0")]
    public void Each_run_has_one_summary(string command, string iterations) =>
        Assert.Equal(iterations, string.Join(' ', module.Texts($"{command} | ForEach-Object {{ \"$($_.Iterations)\" }}")));

    [Fact]
    public void The_numeric_inverse_follows_the_analytic_one()
    {
        var comparison = Assert.Single(module.Output("""
            $numeric = Invoke-InverseSimulator ThreeSpaces -Eta 0.3 -Iterations 10 -InverseMethod Lbfgs
            Compare-Trajectory (Invoke-InverseSimulator ThreeSpaces -Eta 0.3 -Iterations 10) $numeric
            """));
        Assert.InRange(Number(comparison, "MeanAbsoluteError"), 0, 1e-6);
        Assert.Equal(11, comparison.Properties["Iterations"].Value);
    }

    [Fact]
    public void A_difference_is_found_where_it_is() => Assert.Equal(
        ["0.5 2 1"],
        module.Texts("""
            $a = Invoke-GradientDescent -Physics { param($x) $x } -Gradient { param($x) 1, 1 } -InitialGuess 0,0 -Eta 1 -Iterations 1
            $b = Invoke-GradientDescent -Physics { param($x) $x } -Gradient { param($x) 1, 3 } -InitialGuess 0,0 -Eta 1 -Iterations 1
            $c = Compare-Trajectory $a $b
            "$($c.MeanAbsoluteError) $($c.MaxAbsoluteError) $($c.MaxAtIteration)"
            """));

    [Theory]
    [InlineData("Get-Gradient -Problem ThreeSpaces", "6 108")]
    [InlineData("Get-Gradient -Problem ThreeSpaces -At 1,2", "2 32")]
    [InlineData("Get-Jacobian -Problem ThreeSpaces", "[1 0; 0 6]")]
    [InlineData("Get-Hessian -Problem ThreeSpaces", "[2 0; 0 108]")]
    [InlineData("Get-Gradient -Problem @(Invoke-GradientDescent ThreeSpaces -Iterations 0)[0]", "6 108")]
    public void Derivatives_of_the_gallery_are_exact(string command, string text) =>
        Assert.Equal([text], module.Texts($"({command}).ToString()"));

    [Fact]
    public void Derivatives_of_a_block_are_as_good_as_differences() => Assert.Equal(
        ["3 2", "3 2", "0 1 1 0"],
        module.Texts("""
            $f = { param($x) $x[0] * $x[1] }
            $g = Get-Gradient $f 2,3; "$($g | ForEach-Object { [Math]::Round($_, 7) })"
            $j = Get-Jacobian -Function $f -At 2,3; "$($j.Row(0) | ForEach-Object { [Math]::Round($_, 7) })"
            $h = Get-Hessian $f 2,3; "$($h.ToArray() | ForEach-Object { [Math]::Round($_, 5) })"
            """));

    [Fact]
    public void Points_come_by_pipeline_and_each_gives_one_vector() => Assert.Equal(
        ["2 4", "6 8"],
        module.Texts("(1, 2), (3, 4) | Get-Gradient { param($x) $x[0] * $x[0] + $x[1] * $x[1] } | ForEach-Object { \"$($_ | " +
            "ForEach-Object { [Math]::Round($_, 6) })\" }"));

    [Fact]
    public void A_matrix_goes_down_the_pipeline_whole() => Assert.Single(module.Output("Get-Hessian -Problem ThreeSpaces"));

    [Fact]
    public void A_numeric_inverse_is_near_its_start()
    {
        Assert.Equal(["2 1.41421356 True"],
            module.Texts("$i = Find-NumericInverse -Problem ThreeSpaces -Target 2,2; \"$($i.X.ToString('G9')) $($i.IsFound)\""));
        Assert.Equal(["2 -1.41421356"],
            module.Texts("(Find-NumericInverse -Problem ThreeSpaces -Target 2,2 -InitialGuess (3, -3)).X.ToString('G9')"));
        const string Root = "Find-NumericInverse { param($x) $x[0] * $x[0] }";
        Assert.Equal(["-3"], module.Texts($"({Root} -Target 9 -InitialGuess (-0.5) -UpperBound 0).X.ToString('G6')"));
        var outside = module.Run($"({Root} -Target 9 -InitialGuess 5 -UpperBound 2).X.ToString('G6')");
        Assert.Equal("2", Assert.Single(outside.Output).ToString());
        Assert.Contains(outside.Warnings, text => text.Contains("outside the bounds", StringComparison.Ordinal));
        Assert.Contains(outside.Warnings, text => text.Contains("No x with", StringComparison.Ordinal));
    }

    static double Number(PSObject item, string property) => (double)item.Properties[property].Value;
}
