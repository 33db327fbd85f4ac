namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Records and vectors through the serialiser of Export-Clixml and remoting, and back.</summary>
public sealed class RehydrationTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>Export-Clixml goes two levels deep, a remote session one.</summary>
    const string Through = """
        function Copy-Through([int] $Depth = 2) {
            process { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, $Depth)) }
        }

        """;

    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Iterations 2", 2)]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Iterations 2", 1)]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -Iterations 2", 2)]
    [InlineData("Invoke-NewtonStep -Objective { param($x) $x[0] * $x[0] } -InitialGuess 0.1 -Iterations 1", 2)]
    [InlineData("Invoke-GradientDescent -Physics { param($x) $x } -InitialGuess (1..17) -Iterations 1", 2)]
    public void A_record_comes_back_as_a_record_with_the_same_values(string command, int depth)
    {
        Assert.Equal(["True"], module.Texts($$"""
            {{Through}}
            $before = @({{command}})
            $after = @($before | Copy-Through -Depth {{depth}})
            $same = $after.Count -eq $before.Count
            for ($i = 0; $i -lt $before.Count; $i++) {
                if ($after[$i] -isnot [PhysOpt.IterationRecord]) { $same = "record $i is a $($after[$i].psobject.TypeNames[0])" }
                foreach ($property in $before[$i].psobject.Properties) {
                    if ($property.Name -eq 'Problem') { continue }
                    if ("$($after[$i].($property.Name))" -cne "$($property.Value)") { $same = "$($property.Name) of record $i" }
                }
            }
            "$same"
            """));
    }

    [Theory]
    [InlineData("0.1, -2.5e-300, 3")]
    [InlineData("7")]
    public void A_vector_comes_back_as_a_vector(string numbers) => Assert.Equal(
        ["PhysOpt.Vector True"],
        module.Texts($$"""
            {{Through}}
            $v = [PhysOpt.Vector] ({{numbers}})
            $w = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($v))
            "$($w.GetType()) $($w.Equals($v))"
            """));

    [Fact]
    public void NaN_and_infinities_come_back() => Assert.Equal(
        ["NaN Infinity"],
        module.Texts($$"""
            {{Through}}
            $r = Invoke-GradientDescent -Physics { param($x) [double]::NaN, [double]::PositiveInfinity } -InitialGuess 1 -WarningAction Ignore | Copy-Through
            "$($r.Y0) $([double]::IsPositiveInfinity($r.Y1) ? 'Infinity' : $r.Y1)"
            """));

    [Fact]
    public void Records_written_in_a_German_session_come_back() => Assert.Equal(
        ["2.94 1.92"],
        module.Texts($$"""
            {{Through}}
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('de-DE')
            $r = @(Invoke-GradientDescent ThreeSpaces -Iterations 1 | Copy-Through)
            $r[1].X.ToString()
            """));

    [Fact]
    public void A_run_of_the_gallery_goes_on_from_the_file() => Assert.Equal(
        ["2.94 1.92", "0 1.28"],
        module.Texts($$"""
            {{Through}}
            Invoke-GradientDescent ThreeSpaces -Iterations 1 | Copy-Through | Invoke-NewtonStep -Iterations 1 |
                ForEach-Object { "$([Math]::Round($_.X0, 9)) $([Math]::Round($_.X1, 9))".Replace(',', '.') }
            """));

    [Fact]
    public void A_run_of_the_users_own_problem_says_that_the_problem_is_not_in_the_file()
    {
        var result = module.Run($$"""
            {{Through}}
            Invoke-GradientDescent -Physics { param($x) $x } -InitialGuess 1 -Iterations 2 | Copy-Through | Invoke-NewtonStep -Iterations 1
            """);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("RecordWithoutProblem,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("file", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("InitialGuess", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void The_way_out_that_the_error_names_works() => Assert.Equal(
        ["2"],
        module.Texts($$"""
            {{Through}}
            $problem = New-OptimizationProblem -Physics { param($x) 2 * $x[0] } -InitialGuess 7
            $record = Invoke-GradientDescent $problem -InitialGuess 2 -Iterations 0 | Copy-Through
            Invoke-NewtonStep -InputObject $problem -InitialGuess $record.X -Iterations 0 | ForEach-Object { "$($_.X0)" }
            """));

    [Fact]
    public void A_problem_of_ones_own_does_not_turn_into_the_gallerys_of_the_same_name() => Assert.Equal(
        [""],
        module.Texts($$"""
            {{Through}}
            $own = New-OptimizationProblem ThreeSpaces -Physics { param($x) 5 * $x[0] } -InitialGuess 3,3
            $r = Invoke-GradientDescent $own -Iterations 0 | Copy-Through
            "$($r.Problem)"
            """));

    [Fact]
    public void Rehydrated_records_can_be_measured_and_compared() => Assert.Equal(
        ["1.05393 2 0"],
        module.Texts($$"""
            {{Through}}
            $before = @(Invoke-GradientDescent ThreeSpaces -Iterations 2)
            $after = @($before | Copy-Through)
            $alignment = ($after | Measure-DiagonalAlignment).Alignment
            "$([Math]::Round($alignment, 5)) $(($after | Measure-Trajectory).Iterations) $((Compare-Trajectory $before $after).MaxAbsoluteError)"
            """));

    [Fact]
    public void A_rehydrated_record_without_x_is_refused_in_words()
    {
        var result = module.Run("[PhysOpt.IterationRecord] [pscustomobject] @{ Method = 'Mine' }");
        Assert.Single(result.Errors);
    }
}
