namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>Tables with traced whole numbers as keys: a record gives what the block gives, wherever it is asked.</summary>
public sealed class TraceTableTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    static readonly double[][] Points =
        [[1.3, 2.7], [2.4, 1.1], [0.6, 3.3], [-0.4, 1.2], [-1.7, 0.4], [3.9, 0.2], [4.5, 0.9], [1.1, 2.2], [0, 0], [1e8, 1], [1.3, 2.7]];

    [Theory]
    [InlineData("$h = @{ 0 = 2.0; 1 = 5.0; 2 = 7.0; a = 'b' }; $v = $h[$k]; $null -eq $v ? $x[0] : $v*$x[1]")]
    [InlineData("$h = @{ 1 = 5.0; 2 = 7.0; 3 = 11.0 }; $v = $h[$k]; $v ? $v*$x[1] : $x[0]")]
    [InlineData("$h = @{ -2 = 1.0; -1 = 5.0; 0 = 7.0; 1 = 11.0 }; $v = $h[$k]; $null -eq $v ? $x[0] : $v*$x[1]")]
    [InlineData("$h = @{ 0L = 2.0; 1L = 5.0; 2L = 7.0 }; $v = $h[$k]; $null -eq $v ? $x[0] : $v*$x[1]")]
    [InlineData("$h = @{ 0L = 2.0; 1L = 5.0; 2L = 7.0 }; $v = $h[[long]$k]; $null -eq $v ? $x[0] : $v*$x[1]")]
    [InlineData("$h = @{ 0 = 2.0; 2 = 7.0 }; $v = $h[$k]; $null -eq $v ? $x[0] : $v*$x[1]")]
    [InlineData("$h = @{ 0 = 2; 1 = 5; 2 = 7 }; $v = $h[$k]; $v -is [int] ? [Math]::Max($v/2, 1)*$x[1] : $x[0]")]
    [InlineData("$h = @{ 0 = 2; 1 = 5.5; 2 = 7 }; $v = $h[$k]; $v -is [int] ? [Math]::Max($v/2, 1)*$x[1] : $x[0]")]
    [InlineData("$h = @{ 0 = @(1.0, 2.0); 1 = @(3.0, 4.0) }; $r = $h[$k]; $r ? $r[0]*$x[0] + $r[1]*$x[1] : $x[0]")]
    [InlineData("$d = [Collections.Generic.Dictionary[int,double]]::new(); 0..3 | % { $d[$_] = 1.0 + $_ }; "
        + "$d.ContainsKey($k) ? $d[$k]*$x[1] : $x[0]")]
    [InlineData("$d = [Collections.Generic.SortedDictionary[int,double]]::new(); 1..3 | % { $d[$_] = 1.0 + $_ }; "
        + "$d.ContainsKey($k) ? $d[$k]*$x[1] : $x[0]")]
    [InlineData("$d = [Collections.Generic.Dictionary[long,double]]::new(); 0..3 | % { $d[$_] = 1.0 + $_ }; "
        + "$d.ContainsKey($k) ? $d[$k]*$x[1] : $x[0]")]
    [InlineData("$o = [ordered]@{ a = 1.0; b = 3.0; c = 7.0 }; $k -ge 0 -and $k -lt 3 ? $o[$k]*$x[1] : $x[0]")]
    [InlineData("$h = @{ 0 = $x[0]; 1 = $x[1]*2; 2 = 1.0; -1 = 2.0 }; $h.ContainsKey($k) ? $h[$k]*$x[1] : $x[0]")]
    [InlineData("$h = @{}; $h[$k] = $x[1]*3; $h[$k + 1] = 2; $s = 0.0; foreach ($e in $h.Values) { $s += $e }; $s + $h.Count")]
    [InlineData("$h = @{ $k = $x[1]; 9 = 1.0 }; $h[$k]*2 + $h.Count")]
    [InlineData("$h = @{ 0 = 2.0; 1 = 5.0 }; try { $h.Add($k, $x[1]); $h.Count*$h[$k] } catch { $x[0] }")]
    [InlineData("$h = @{ 0 = 2.0; 1 = 5.0; 2 = 1.0 }; $h.Remove($k); $h.Count*$x[0]")]
    [InlineData("$h = @{ 0 = 2.0; 1 = 5.0; 2 = 1.0 }; $h.Contains($k) ? $h.get_Item($k)*$x[0] : $x[1]")]
    [InlineData("$d = [Collections.Generic.Dictionary[int,double]]::new(); $d.Add($k, 2.0); [void]$d.TryAdd($k, 3.0); "
        + "[void]$d.TryAdd(1, 4.0); $d.Count*$d[$k]*$x[0] + $d.Remove($k)")]
    [InlineData("$h = @{ 0 = 2.0; 1 = 5.0; 2 = 1.0 }; $v = $h[@(0, $k)]; $v[0]*$x[0] + @($v).Count")]
    [InlineData("$h = @{ 0 = 2.0; 1 = 5.0; 2 = 1.0 }; $v = $h.$k; $null -eq $v ? $x[0] : $v*$x[1]")]
    [InlineData("$h = @{}; foreach ($v in $x) { $h[[int][Math]::Floor($v)] += 1 }; $h.Count*$x[0] + $h[$k]")]
    [InlineData("$a = [double[,]]::new(4, 4); $a[1, 2] = $x[1]; $a[0, 1] = 2; "
        + "$k -ge 0 -and $k -lt 4 ? $a[$k, [int][Math]::Floor($x[1])]*$x[0] : $x[0]")]
    public void A_whole_number_finds_what_it_finds_in_the_block(string body) =>
        module.WithBlock($"{{ param($x) $k = [int][Math]::Floor($x[0]); {body} }}", block =>
        {
            foreach (var first in Points[..4])
            {
                block.Record(first);
                Assert.Null(block.Refusal);
                foreach (var point in Points) Assert.Equal(block.Plain(point), block.Traced(point));
                Assert.Null(block.Refusal);
            }
        });

    [Fact]
    public void A_table_of_numbers_is_one_record_for_all_its_keys() => Assert.Equal(
        ["2 5 1", "3 8 2", "1 1 3", "1"],
        module.Texts("""
            $h = @{ 1 = 2.0; 2 = 5.0; 3 = 1.0; 4 = 8.0; 5 = 3.0 }
            $problem = New-OptimizationProblem -InitialGuess 1.5, 2.5, 3.5 -Objective {
                param($x) $s = 0.0; foreach ($v in $x) { $s += $h[[int][Math]::Floor($v)]*$v }; $s }
            foreach ($at in (1.5, 2.5, 3.5), (5.5, 4.5, 1.5), (3.5, 3.5, 5.5)) { "$(Get-Gradient $problem $at)" }
            (Get-FunctionTrace $problem).Branches
            """));

    [Theory]
    [InlineData("$h = @{}; $h[$x[0]] = 1.0; $x[0]")]
    [InlineData("$h = @{ 1.0 = 2.0 }; $v = $h[[Math]::Floor($x[0])]; $v ? $v : $x[0]")]
    public void Another_number_is_no_key(string body) => module.WithBlock($"{{ param($x) {body} }}", block =>
    {
        block.Record([1.3, 0.7]);
        Assert.Contains("make it whole by [int]", block.Refusal, StringComparison.Ordinal);
    });
}
