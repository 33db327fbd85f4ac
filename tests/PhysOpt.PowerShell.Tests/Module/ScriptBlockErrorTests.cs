using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>What a user's own blocks can do wrong: a stable id, what was returned or thrown, at which x, and where in the script.</summary>
public sealed class ScriptBlockErrorTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Descend = "Invoke-GradientDescent -InitialGuess 3,4 -MaxIterations 5";

    [Theory]
    [InlineData("-Physics { param($x) }", "PhysicsReturnedNothing", "returned nothing")]
    [InlineData("-Physics { param($x) $null }", "PhysicsReturnedNothing", "returned nothing")]
    [InlineData("-Physics { param($x) $y = $x[0] }", "PhysicsReturnedNothing", "returned nothing")]
    [InlineData("-Physics { param($x) , @() }", "PhysicsReturnedNothing", "returned nothing")]
    [InlineData("-Physics { param($x) 'abc' }", "PhysicsReturnedNotNumeric", "'abc'")]
    [InlineData("-Physics { param($x) '1' }", "PhysicsReturnedNotNumeric", "'1'")]
    [InlineData("-Physics { param($x) $true }", "PhysicsReturnedNotNumeric", "$true")]
    [InlineData("-Physics { param($x) @{ y = 1 } }", "PhysicsReturnedNotNumeric", "Hashtable")]
    [InlineData("-Physics { param($x) 1, $null }", "PhysicsReturnedNotNumeric", "$null")]
    [InlineData("-Physics { param($x) 1, (2, 3) }", "PhysicsReturnedNotNumeric", "Object[]")]
    [InlineData("-Physics { param($x) Get-Module PhysOpt }", "PhysicsReturnedNotNumeric", "PSModuleInfo")]
    [InlineData("-Physics { param($x) throw 'broken' }", "PhysicsFailed", "broken")]
    [InlineData("-Physics { param($x) [int]::Parse('seven') }", "PhysicsFailed", "seven")]
    [InlineData("-Physics { param($x) Get-Command no-such-command -ErrorAction Stop }", "PhysicsFailed", "no-such-command")]
    [InlineData("-Physics { param($x) No-Such-Command }", "PhysicsFailed", "No-Such-Command")]
    [InlineData("-Physics { param($x) $x } -Loss { param($y) 1, 2 }", "LossNotScalar", "returned 2")]
    [InlineData("-Physics { param($x) $x } -Loss { param($y) }", "LossReturnedNothing", "returned nothing")]
    [InlineData("-Physics { param($x) $x } -Loss { param($y) throw 'broken' }", "LossFailed", "broken")]
    [InlineData("-Physics { param($x) $x } -Gradient { param($x) 1 }", "GradientLengthChanged", "returned 1")]
    [InlineData("-Physics { param($x) $x } -Gradient { param($x) 'up' }", "GradientReturnedNotNumeric", "'up'")]
    [InlineData("-Objective { param($x) $x }", "ObjectiveNotScalar", "returned 2")]
    [InlineData("-Objective { param($x) 'low' }", "ObjectiveReturnedNotNumeric", "'low'")]
    public void A_block_that_is_no_function_is_one_error_and_no_record(string blocks, string id, string fragment)
    {
        var result = module.Run($"{Descend} {blocks}");
        var error = Assert.Single(result.Errors);
        Assert.Equal($"{id},PhysOpt.PowerShell.Commands.InvokeGradientDescentCommand", error.FullyQualifiedErrorId);
        Assert.Contains(fragment, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(id.StartsWith("Loss", StringComparison.Ordinal) ? "Loss" : "3 4", error.Exception.Message,
            StringComparison.Ordinal);
        Assert.NotNull(error.TargetObject);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void What_a_block_throws_is_kept_inside_the_error()
    {
        var error = module.Error($"{Descend} -Physics {{ param($x) throw [System.IO.InvalidDataException]::new('broken') }}");
        Assert.Contains(Chain(error.Exception), exception => exception is InvalidDataException);
        Assert.Equal(ErrorCategory.OperationStopped, error.CategoryInfo.Category);
    }

    [Fact]
    public void The_position_in_the_users_script_is_shown()
    {
        var error = module.Error("""
            Invoke-GradientDescent -InitialGuess 3,4 -Physics {
                param($x)
                $a = 2 * $x[0]
                  $b = $a + $undefined.Method()
                $b
            }
            """);
        Assert.Contains("line 4, column 7", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("$undefined.Method()", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_script_file_its_name_is_shown_too()
    {
        var folder = Directory.CreateTempSubdirectory("physopt-module-");
        try
        {
            var file = Path.Combine(folder.FullName, "model.ps1");
            File.WriteAllText(file, "Invoke-GradientDescent -InitialGuess 3 -Physics {\n    param($x)\n    throw 'broken'\n}\n");
            var error = Assert.Single(module.Run("& $file", ("file", file)).Errors);
            Assert.Contains(file, error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains("line 3, column 5", error.Exception.Message, StringComparison.Ordinal);

            File.WriteAllText(file, "\nInvoke-GradientDescent -InitialGuess 3 -Physics { param($x) 'text' }\n");
            error = Assert.Single(module.Run("& $file", ("file", file)).Errors);
            Assert.Contains(file, error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains("line 2, column 49", error.Exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_block_without_a_parameter_is_told_to_have_one()
    {
        Assert.Contains("param($x)", module.Error($"{Descend} -Physics {{ $x[0] }}").Exception.Message, StringComparison.Ordinal);
        Assert.Contains("param($x)", module.Error($"{Descend} -Physics {{ $x }}").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_may_use_args() => Assert.Equal(
        ["3"], module.Texts("Invoke-GradientDescent -InitialGuess 3 -Iterations 0 -Physics { $args[0][0] } | ForEach-Object { " +
            "\"$($_.X0)\" }"));

    [Fact]
    public void A_length_that_changes_on_the_way_keeps_the_records_so_far()
    {
        var result = module.Run("""
            $n = @(0)
            Invoke-GradientDescent -InitialGuess 3,4 -Eta 0.1 -Gradient { param($x) $x } -Physics { param($x) if (++$n[0] -gt 3) { 1, 2, 3 } else { $x } }
            """);
        Assert.StartsWith("PhysicsLengthChanged,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("must return 2 numbers, but returned 3", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["0 Running", "1 Running", "2 Running", "2 EvaluationError"], Rows(result));
    }

    [Fact]
    public void A_failure_on_the_way_keeps_the_records_so_far()
    {
        var result = module.Run("""
            $n = @(0)
            Invoke-GradientDescent -InitialGuess 3,4 -Eta 0.1 -Gradient { param($x) $x } -Physics { param($x) if (++$n[0] -gt 2) { throw 'broken' }; $x }
            """);
        Assert.StartsWith("PhysicsFailed,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["0 Running", "1 Running", "1 EvaluationError"], Rows(result));
    }

    [Theory]
    [InlineData("-Physics { param($x) [double]::NaN }")]
    [InlineData("-Physics { param($x) 1 / 0.0 }")]
    [InlineData("-Objective { param($x) [double]::PositiveInfinity }")]
    public void A_start_without_a_finite_loss_is_a_status_and_no_error(string blocks)
    {
        var result = module.Run($"{Descend} {blocks}");
        Assert.Equal(["0 NonFinite"], Rows(result));
        Assert.Empty(result.Errors);
        Assert.Single(result.Warnings);
    }

    [Fact]
    public void NaN_on_the_way_ends_at_the_last_good_point()
    {
        var result = module.Run("""
            Invoke-GradientDescent -InitialGuess 1 -Eta 1 -Objective { param($x) [Math]::Sqrt($x[0]) } -Gradient { param($x) 0.75 }
            """);
        Assert.Equal(["0 Running", "1 Running", "1 NonFinite"], Rows(result));
        Assert.Equal(0.25, result.Output[^1].Properties["X0"].Value);
    }

    [Fact]
    public void Errors_inside_a_block_that_do_not_end_it_are_the_users_and_the_run_goes_on()
    {
        var result = module.Run("""
            Invoke-GradientDescent -InitialGuess 3 -Iterations 1 -Gradient { param($x) 2 * $x[0] } -Physics { param($x) Get-Command no-such-command; $x[0] }
            """);
        Assert.Equal(["0 Running", "1 IterationLimit"], Rows(result));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error =>
            Assert.StartsWith("CommandNotFoundException,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Fact]
    public void ErrorAction_Stop_ends_the_statement_with_the_same_id()
    {
        var result = module.Run("Invoke-GradientDescent -InitialGuess 3 -Physics { param($x) throw 'broken' } -ErrorAction Stop; 'after'");
        Assert.StartsWith("PhysicsFailed,", result.Terminating?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("-Physics { param($x) $y = $x[0], $x[1]; $x[0] = 99; $x[1] = 99; $y }")]
    [InlineData("-Physics { param($x) $y = $x[0], $x[1]; [array]::Clear($x); $y }")]
    [InlineData("-Physics { param($x) $x } -Loss { param($y) $l = $y[0] * $y[0] + $y[1] * $y[1]; $y[0] = 99; $l }")]
    public void A_block_that_writes_into_its_argument_does_not_change_the_run(string blocks)
    {
        const string Show = "ForEach-Object { \"$($_.X0) $($_.X1) $($_.Loss)\" }";
        // such a block is not traced: with differences on both sides, not a bit may change
        var clean = module.Texts(
            $"{Descend} -Derivative FiniteDifference -Eta 0.1 -Physics {{ param($x) $x[0], $x[1] }} -Loss " +
            $"{{ param($y) $y[0] * $y[0] + $y[1] * $y[1] }} | {Show}");
        var loss = blocks.Contains("-Loss", StringComparison.Ordinal) ? "" : "-Loss { param($y) $y[0] * $y[0] + $y[1] * $y[1] }";
        Assert.Equal(clean, module.Texts($"{Descend} -Derivative FiniteDifference -Eta 0.1 {blocks} {loss} | {Show}"));
    }

    [Fact]
    public void Output_that_a_block_leaves_by_the_way_is_seen_as_more_numbers() => Assert.Equal(
        ["2"],
        module.Texts("""
            $list = [System.Collections.ArrayList]::new()
            Invoke-GradientDescent -InitialGuess 3 -Iterations 0 -Physics { param($x) $list.Add(1); $x[0] } | ForEach-Object { "$($_.Y.Count)" }
            """));

    [Fact]
    public void The_inverse_gets_y_and_the_current_x() => Assert.Equal(
        ["6 -> 3"],
        module.Texts("""
            $seen = [System.Collections.Generic.List[string]]::new()
            $null = Invoke-InverseSimulator -InitialGuess 3 -Iterations 1 -Eta 0.5 -Physics { param($x) 4 * $x[0] } -Inverse { param($y, $x) $seen.Add("$y -> $x"); $y[0] / 4 }
            $seen
            """));

    static string[] Rows(EngineResult result) =>
        [.. result.Output.Select(record => $"{record.Properties["Iteration"].Value} {record.Properties["Status"].Value}")];

    static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException) yield return exception;
    }
}
