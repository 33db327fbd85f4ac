# Variables by name: several parameters, or names read of one.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
    $bowl = { param($speed, $angle) ($speed - 3) * ($speed - 3) + 2 * $angle * $angle }
    $dotted = { param($p) ($p.speed - 3) * ($p.speed - 3) + 2 * $p.angle * $p.angle }
    $start = @{ angle = 0.5; speed = 16 }
}

Describe 'Variables by name' {
    It 'are taken in any order and any case, from <_>' -ForEach 'a hashtable', 'an ordered dictionary', 'a custom object', 'numbers' {
        $guess = switch ($_) {
            'a hashtable' { @{ ANGLE = 0.5; Speed = 16 } }
            'an ordered dictionary' { [ordered]@{ angle = 0.5; speed = 16 } }
            'a custom object' { [pscustomobject]@{ angle = 0.5; speed = 16 } }
            'numbers' { , (16, 0.5) }
        }
        $result = Find-Minimum -Objective $bowl -InitialGuess $guess
        $result.speed | Should -BeGreaterThan 2.999999
        $result.speed | Should -BeLessThan 3.000001
        [Math]::Abs($result.angle) | Should -BeLessThan 1e-6
        $result.X[0] | Should -Be $result.speed
        $result.X[1] | Should -Be $result.angle
        $result.psobject.Properties.Name | Should -Not -Contain 'X0'
        $result.psobject.Properties.Name | Should -Contain 'speed'
    }

    It 'are read of a single parameter, in the order of the alphabet' {
        $records = Invoke-GradientDescent -Objective $dotted -InitialGuess $start -MaxIterations 2 -WarningAction Ignore
        $records[0].X | Should -Be 0.5, 16
        $records[0].speed | Should -Be 16
        (Invoke-GradientDescent -Objective $dotted -InitialGuess 0.5, 16 -MaxIterations 2 -WarningAction Ignore)[-1].speed |
            Should -Be $records[-1].speed
        (Find-Minimum -Objective { param($p) $p['a'] * $p['a'] + $p['b'] * $p.b } -InitialGuess @{ a = 1; b = 2 }).X.Count | Should -Be 2
    }

    It 'are traced, with exact derivatives, from <Name>' -ForEach @(
        @{ Name = 'parameters'; Block = { param($speed, $angle) $speed * [Math]::Cos($angle) } }
        @{ Name = 'typed parameters'; Block = { param([double]$speed, [double]$angle) $speed * [Math]::Cos($angle) } }
        @{ Name = 'mandatory parameters'
            Block = { param([Parameter(Mandatory)][double]$speed, [Parameter(Mandatory)]$angle) $speed * [Math]::Cos($angle) } }
        @{ Name = 'members'; Block = { param($p) $p.speed * [Math]::Cos($p.angle) } }
        @{ Name = 'a hashtable'; Block = { param([hashtable]$p) $p.speed * [Math]::Cos($p['angle']) } }
        @{ Name = 'a function'; Block = ${function:Get-Reach} }
        @{ Name = 'a splatted call'; Block = { param($p) Get-Reach @p } }
        @{ Name = 'a call with all of them'; Block = { param($p) Get-ReachOf $p } }
    ) {
        function Get-Reach($speed, $angle) { $speed * [Math]::Cos($angle) }
        function Get-ReachOf($q) { $q.speed * [Math]::Cos($q.angle) }
        $block = if ($Name -eq 'a function') { ${function:Get-Reach} } else { $Block }
        Set-StrictMode -Version Latest
        $trace = Get-FunctionTrace $block -At @{ speed = 2; angle = 0.25 }
        $trace.IsTraced | Should -BeTrue -Because "$($trace.Reason)"
        $gradient = Get-Gradient $block -At @{ speed = 2; angle = 0.25 }
        ($gradient | Sort-Object) | Should -Be (@([Math]::Cos(0.25), (-2 * [Math]::Sin(0.25))) | Sort-Object)
        Test-Gradient $block -At @{ speed = 2; angle = 0.25 } | Should -BeTrue
        $differences = Get-Gradient $block -At @{ speed = 2; angle = 0.25 } -Derivative FiniteDifference
        [Math]::Abs($differences[0] - $gradient[0]) | Should -BeLessThan 1e-8
    }

    It 'may have types that traced numbers do not fit, and are then called as they are' {
        (Get-FunctionTrace { param([float]$a, [double]$b) $a * $b } -At 2, 3).Reason | Should -BeLike '*[[]float[]]*'
        (Get-Gradient { param([float]$a, [double]$b) $a * $b } -At 2, 3 -WarningAction Ignore)[1] | Should -BeGreaterThan 1.9999
        Find-Minimum { param([hashtable]$x) $x.Count } -InitialGuess 1, 2 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ObjectiveFailed,*'
        "$($failures[0])" | Should -BeLike '*Hashtable*Names.Tests.ps1, line *'
    }

    It 'are read of $_ where a block has no parameters' {
        $result = Find-Minimum { ($_.speed - 3) * ($_.speed - 3) + 2 * $PSItem['angle'] * $_.angle } -InitialGuess $start
        [Math]::Abs($result.speed - 3) | Should -BeLessThan 1e-6
        (Find-Minimum { ($_.speed - 3) * ($_.speed - 3) } -InitialGuess 1).speed | Should -Be 3
        Set-StrictMode -Version Latest
        $trace = Get-FunctionTrace { $_.speed * [Math]::Cos($_.angle) } -At @{ speed = 2; angle = 0.25 }
        $trace.IsTraced | Should -BeTrue -Because "$($trace.Reason)"
        (Get-Gradient { $_.speed * [Math]::Cos($_.angle) } -At @{ speed = 2; angle = 0.25 })[1] | Should -Be ([Math]::Cos(0.25))
        filter Get-Square { $_.a * $_.a + $_.b }
        (Get-Gradient ${function:Get-Square} -At @{ a = 3; b = 1 }) | Should -Be 6, 1
        $inner = { $s = $_.a; [pscustomobject]@{ Other = 1 } | ForEach-Object { $s += $_.Other }; $s }
        (Get-Gradient $inner -At @{ a = 3 } -Derivative FiniteDifference).Count | Should -Be 1
        (Get-Gradient { $s = 0; foreach ($v in $_) { $s += $v * $v }; $s } -At 1, 2) | Should -Be 2, 4
        { Find-Minimum { $_.speed * $_.speed } -InitialGuess @{ sped = 3 } } | Should -Throw -ExpectedMessage "*Did you mean 'speed'?*"
        Test-Gradient $bowl -At $start -Gradient { (2 * ($_.speed - 3)), (4 * $_.angle) } | Should -BeTrue
        (Find-NumericInverse { $_.speed, ($_.angle * $_.angle) } -Target 2, 4 -InitialGuess @{ angle = 3; speed = 3 }).speed |
            Should -BeGreaterThan 1.999999
    }

    It 'may have the name of a size' {
        (Get-Gradient { param($p) $p.length * $p.length * $p.mass } -At @{ length = 3; mass = 2 }) | Should -Be 12, 9
        (Get-Gradient { param($p) $p.count * $p.length } -At @{ length = 3; count = 2 }) | Should -Be 3, 2
        (Get-FunctionTrace { param($x) $x.Length * $x[0] } -At 3, 4).IsTraced | Should -BeTrue
    }

    It 'may be one alone' {
        (Find-Minimum -Objective { param($speed) ($speed - 3) * ($speed - 3) } -InitialGuess @{ speed = 1 }).speed | Should -Be 3
        (Find-Minimum -Objective { param($p) ($p.speed - 3) * ($p.speed - 3) } -InitialGuess 1).speed | Should -Be 3
    }

    It 'leave out parameters with default values, unless they are named' {
        $block = { param($a, $b, $k = 2) ($a - $k) * ($a - $k) + $b * $b + $k * $k }
        (Get-Gradient $block -At 1, 5) | Should -Be (-2), 10
        (Get-Gradient $block -At @{ a = 1; b = 5 }) | Should -Be (-2), 10
        (Get-Gradient $block -At @{ a = 1; b = 5; k = 2 }) | Should -Be (-2), 10, 6
        (Get-Gradient $block -At 1, 5, 2) | Should -Be (-2), 10, 6
        (Get-Gradient { param($x, $k = 2) $k * $x[0] * $x[1] } -At 3, 4) | Should -Be 8, 6
    }

    It 'belong to the physics, while the loss takes y' {
        $result = Find-Minimum -Physics { param($speed, $angle) ($speed * $angle), $speed } `
            -Loss { param($y) ($y[0] - 6) * ($y[0] - 6) + ($y[1] - 2) * ($y[1] - 2) } -InitialGuess @{ speed = 1; angle = 1 }
        [Math]::Abs($result.angle - 3) | Should -BeLessThan 1e-4
        [Math]::Abs($result.Y0 - 6) | Should -BeLessThan 1e-4
    }

    It 'are hidden by nothing and hide nothing' {
        $result = Find-Minimum -Objective { param($x, $y) ($x - 3) * ($x - 3) + $y * $y } -InitialGuess @{ x = 1; y = 5 }
        $result.X0 | Should -Be $result.X[0]
        $result.X1 | Should -Be $result.X[1]
        $result.X.Count | Should -Be 2
        $records = Invoke-Adam -Objective { param($Loss, $angle) $Loss * $Loss + $angle * $angle } -InitialGuess 3, 4 -MaxIterations 1 `
            -WarningAction Ignore
        $records[0].Loss | Should -Be 25
        $records[0].X0 | Should -Be 3
        $records[0].angle | Should -Be 4
        $records[0].X1 | Should -BeNullOrEmpty
        $numbered = Invoke-Adam -Objective { param($x1, $x2) $x1 * $x1 + $x2 } -InitialGuess 3, 4 -MaxIterations 0 -WarningAction Ignore
        $numbered.x1 | Should -Be 3
        $numbered.x2 | Should -Be 4
    }
}

Describe 'What is given by name' {
    It 'may be bounds, with no bound where a name is missing' {
        $problem = New-OptimizationProblem -Objective $bowl -InitialGuess $start -LowerBound @{ angle = 0.25 } `
            -UpperBound @{ speed = 20 } -Solution @{ speed = 3; angle = 0.25 }
        $problem.LowerBound | Should -Be ([double]::NegativeInfinity), 0.25
        $problem.UpperBound | Should -Be 20, ([double]::PositiveInfinity)
        $problem.Solution | Should -Be 3, 0.25
        (Find-Minimum $problem).angle | Should -Be 0.25
        $problem.Variables | Should -Be 'speed', 'angle'
    }

    It 'may be a start for a problem with names' {
        $problem = New-OptimizationProblem -Objective $bowl -InitialGuess $start
        (Invoke-Adam $problem -InitialGuess @{ angle = 1; speed = 2 } -MaxIterations 0 -WarningAction Ignore).X | Should -Be 2, 1
        (Get-Gradient -Problem $problem -At @{ angle = 1; speed = 2 }) | Should -Be (-2), 4
        { Invoke-Adam Rosenbrock -InitialGuess @{ a = 1; b = 2 } } | Should -Throw -ErrorId 'InitialGuessByName,*'
    }

    It 'may be several starts, by pipeline and from a CSV' {
        $starts = @{ speed = 1; angle = 2 }, @{ speed = 5; angle = 1 }
        ($starts | Invoke-Adam -Objective $bowl -MaxIterations 0 -WarningAction Ignore).speed | Should -Be 1, 5
        $rows = $starts | ForEach-Object { [pscustomobject]$_ } | ConvertTo-Csv | ConvertFrom-Csv
        ($rows | Invoke-Adam -Objective $bowl -MaxIterations 0 -WarningAction Ignore).speed | Should -Be 1, 5
        $problem = New-OptimizationProblem -Objective $bowl -InitialGuess $start
        ($starts | Invoke-Adam $problem -MaxIterations 0 -WarningAction Ignore).angle | Should -Be 2, 1
    }

    It 'may be rows with columns of text, which are told where a number is wanted' {
        $rows = 'speed,angle,Note', '1,2,abc', '5,1,' | ConvertFrom-Csv
        ($rows | Invoke-Adam -Objective $bowl -MaxIterations 0 -WarningAction Ignore).speed | Should -Be 1, 5
        ($rows | Find-Minimum (New-OptimizationProblem -Objective $bowl -InitialGuess $start)).Count | Should -Be 2
        $bad = 'speed,angle', '1,soon', '5,' | ConvertFrom-Csv
        $bad | Find-Minimum $bowl -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InitialGuessNotNumeric,*'
        "$($failures[0])" | Should -BeLike "*column 'angle'*'soon'*"
        "$($failures[1])" | Should -BeLike "*column 'angle'*empty*"
    }

    It 'may be X0, X1, ... for variables without names and with others' {
        $rows = 'X1,X0', '2,1', '4,3' | ConvertFrom-Csv
        ($rows | Invoke-Adam { param($x) $x[0] * $x[0] + $x[1] } -MaxIterations 0 -WarningAction Ignore).X0 | Should -Be 1, 3
        ($rows | Invoke-Adam $bowl -MaxIterations 0 -WarningAction Ignore).angle | Should -Be 2, 4
        ($rows | Invoke-Adam Rosenbrock -MaxIterations 0 -WarningAction Ignore).X1 | Should -Be 2, 4
        (Get-Gradient { param($x1, $x0) $x1 * $x1 + $x0 } -At @{ x0 = 1; x1 = 3 }) | Should -Be 6, 1
    }

    It 'may be several starts of an inversion, by pipeline' {
        $physics = { param($speed, $angle) $speed, ($angle * $angle) }
        $starts = @{ speed = 3; angle = 3 }, @{ speed = 3; angle = -3 }
        $found = $starts | Find-NumericInverse $physics -Target 2, 4
        [Math]::Round($found[0].angle, 6), [Math]::Round($found[1].angle, 6) | Should -Be 2, -2
        $numbers = (3, 3), (3, -3) | Find-NumericInverse $physics -Target 2, 4
        [Math]::Round($numbers[1].angle, 6) | Should -Be -2
        $targets = (2, 4), (1, 9) | Find-NumericInverse $physics -InitialGuess 3, 3
        [Math]::Round($targets[1].angle, 6) | Should -Be 3
        ($starts | Find-NumericInverse { param($speed, $angle) ($speed - 1), ($angle * $angle - 1) })[1].angle | Should -BeLessThan 0
    }

    It 'may be where physics is inverted' {
        $inverse = Find-NumericInverse { param($speed, $angle) $speed, ($angle * $angle) } -Target 2, 4 `
            -InitialGuess @{ angle = 3; speed = 3 }
        [Math]::Abs($inverse.angle - 2) | Should -BeLessThan 1e-9
        $bounded = Find-NumericInverse { param($speed, $angle) $speed, ($angle * $angle) } -Target 2, 4 `
            -InitialGuess @{ angle = 3; speed = 3 } -LowerBound @{ angle = 1 }
        [Math]::Abs($bounded.angle - 2) | Should -BeLessThan 1e-9
    }
}

Describe 'Blocks beside the one with the names' {
    It 'may take them as parameters, in an order of their own' {
        $result = Find-Minimum -Objective $bowl -Gradient { param($angle, $speed) (2 * ($speed - 3)), (4 * $angle) } -InitialGuess $start
        [Math]::Abs($result.speed - 3) | Should -BeLessThan 1e-6
        Test-Gradient $bowl -At $start -Gradient { param($angle, $speed) (2 * ($speed - 3)), (4 * $angle) } | Should -BeTrue
        Test-Gradient $bowl -At $start -Gradient { param($x) (2 * ($x[0] - 3)), (4 * $x[1]) } | Should -BeTrue
        Test-Gradient $bowl -At $start -Gradient { param($p) (2 * ($p.speed - 3)), (4 * $p.angle) } | Should -BeTrue
        Test-Gradient $bowl -At $start -Gradient { param($angle, $speed) (2 * ($speed - 3)), 7 } | Should -BeFalse
    }

    It 'may be an inverse that chooses by them' {
        $physics = { param($speed, $angle) $speed, ($angle * $angle) }
        $common = @{ Physics = $physics; InitialGuess = @{ speed = 3; angle = -3 }; LearningRate = 0.3; MaxIterations = 3
            WarningAction = 'Ignore' }
        $named = Invoke-InverseSimulator @common -Inverse { param($y, $speed, $angle) $y[0], ([Math]::Sqrt($y[1]) * [Math]::Sign($angle)) }
        $listed = Invoke-InverseSimulator @common -Inverse { param($y, $x) $y[0], ([Math]::Sqrt($y[1]) * [Math]::Sign($x[1])) }
        $named[-1].angle | Should -BeLessThan 0
        $named[-1].angle | Should -Be $listed[-1].angle
    }
}

Describe 'What comes of named variables' {
    BeforeAll {
        $problem = New-OptimizationProblem Shot -Objective $bowl -InitialGuess $start -Solution @{ speed = 3; angle = 0 }
        $records = Invoke-GradientDescent $problem -MaxIterations 4 -WarningAction Ignore
    }

    It 'has their columns in place of X0 and X1' {
        $records[0].psobject.Properties.Name[0..6] | Should -Be 'Method', 'Run', 'Iteration', 'Loss', 'speed', 'angle', 'GradientNorm'
        ($records | Select-Object Iteration, SPEED)[0].speed | Should -Be 16
        ($records | ConvertTo-Csv)[0] | Should -BeLike '"Method","Run","Iteration","Loss","speed","angle",*'
        ($records | Measure-Trajectory).speed | Should -Be $records[-1].speed
        (Compare-Optimizer $problem Adam, Newton -MaxIterations 2 -WarningAction Ignore)[1].psobject.Properties.Name |
            Should -Contain 'angle'
    }

    It 'goes on by name' {
        $on = $records[2] | Invoke-GradientDescent -MaxIterations 2 -WarningAction Ignore
        $on[-1].speed | Should -Be $records[-1].speed
        ($records[-1] | Find-Minimum).angle | Should -BeOfType double
    }

    It 'comes back from a file by name' {
        $records | Export-Clixml "$TestDrive/shot.xml"
        $back = Import-Clixml "$TestDrive/shot.xml"
        $back[1].GetType() | Should -Be ([PhysOpt.IterationRecord])
        $back.speed | Should -Be $records.speed
        ($back | Measure-Trajectory).angle | Should -Be $records[-1].angle
        $rows = $records | ConvertTo-Csv | ConvertFrom-Csv
        ($rows | Measure-Trajectory).speed | Should -Be $records[-1].speed
    }

    It 'is drawn by the components that are named' {
        $records | Export-TrajectoryPlot "$TestDrive/named.svg" -Component angle, SPEED
        $records | Export-TrajectoryPlot "$TestDrive/numbered.svg" -Component 1, 0
        # the numbers of clip paths differ
        $named, $numbered = 'named', 'numbered' | ForEach-Object { (Get-Content "$TestDrive/$_.svg" -Raw) -replace 'cl_\w+' }
        $named | Should -Be $numbered
        ($records | Show-Trajectory -Plain -Component angle) -join "`n" |
            Should -Be (($records | Show-Trajectory -Plain -Component 1) -join "`n")
        $failure = { $records | Show-Trajectory -Component sped } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ComponentUnknown,*'
        "$failure" | Should -BeLike "*speed, angle*Did you mean 'speed'?*"
        $failure.ErrorDetails.RecommendedAction | Should -Be "Write 'speed'."
        $plain = Invoke-NewtonStep ThreeSpaces -MaxIterations 2
        ($plain | Show-Trajectory -Plain -Component X1) -join "`n" | Should -Be (($plain | Show-Trajectory -Plain -Component 1) -join "`n")
        ($plain | Show-Trajectory -Plain -Space Y -Component Y1) -join "`n" |
            Should -Be (($plain | Show-Trajectory -Plain -Space Y -Component 1) -join "`n")
        { $plain | Show-Trajectory -Component speed } | Should -Throw -ErrorId 'ComponentUnknown,*' -ExpectedMessage '*2 components*'
        { $plain | Show-Trajectory -Space Y -Component X1 } | Should -Throw -ErrorId 'ComponentUnknown,*'
        { $plain | Show-Trajectory -Component -1 } | Should -Throw -ErrorId 'ComponentOutOfRange,*'
    }

    It 'is shown by name in the list view of <Name>' -ForEach @(
        @{ Name = 'a result'; Of = { Find-Minimum $problem } }
        @{ Name = 'a record'; Of = { $records[-1] } }
        @{ Name = 'a summary'; Of = { $records | Measure-Trajectory } }
        @{ Name = 'a comparison'; Of = { Compare-Optimizer $problem Newton -MaxIterations 2 -WarningAction Ignore } }
        @{ Name = 'a problem'; Of = { $problem } }
        @{ Name = 'a check'; Of = { Measure-GradientError $bowl -At $start } }
        @{ Name = 'an inverse'
            Of = { Find-NumericInverse { param($speed, $angle) $speed, ($angle * $angle) } -Target 2, 4 `
                -InitialGuess @{ angle = 3; speed = 3 } } }
    ) {
        $lines = (& $Of | Format-List | Out-String -Width 120) -split "`r?`n"
        $lines -match '^(X|InitialGuess) +: speed = [-0-9.E]+, angle = ' | Should -HaveCount 1
        $lines -match '^(Y|Target) +: .*=' | Should -HaveCount 0
    }

    It 'comes back from a CSV with added columns, <Where>' -ForEach 'after', 'before', 'without X', 'among others', 'with text' {
        $rows = $records | ConvertTo-Csv | ConvertFrom-Csv
        $weight = @{ Name = 'Weight'; Expression = { 3 } }
        $note = @{ Name = 'Note'; Expression = { 'abc' } }
        $rows = switch ($_) {
            'after' { $rows | Select-Object *, $weight }
            'before' { $rows | Select-Object $weight, * }
            'without X' { $rows | Select-Object *, $weight -ExcludeProperty X }
            'among others' { $rows | Select-Object Iteration, Loss, X, speed, $weight, angle }
            'with text' { $rows | Select-Object $note, Iteration, Loss, speed, angle }
        }
        $summary = $rows | Measure-Trajectory -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $summary.speed | Should -Be $records[-1].speed
        $summary.angle | Should -Be $records[-1].angle
        $summary.X | Should -Be $records[-1].X
        $summary.psobject.Properties.Name | Should -Not -Contain 'Weight'
    }

    It 'is refused where a name says another number than X' {
        $rows = $records | ConvertTo-Csv | ConvertFrom-Csv
        $rows[1].speed = '99'
        $rows | Measure-Trajectory -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        $failures.Count | Should -Be 1
        "$($failures[0])" | Should -BeLike 'Row 2, column speed: there is the number 99, but column X says *'
    }

    It 'keeps the labels of <Names>' -ForEach @(
        @{ Names = 'x1, x0'; Block = { param($x1, $x0) ($x1 - 3) * ($x1 - 3) + 2 * $x0 * $x0 } }
        @{ Names = 'x2, x1'; Block = { param($x2, $x1) ($x2 - 3) * ($x2 - 3) + 2 * $x1 * $x1 } }
        @{ Names = 'x0, x1'; Block = { param($x0, $x1) ($x0 - 3) * ($x0 - 3) + 2 * $x1 * $x1 } }
        @{ Names = 'loss, x2, x1'; Block = { param($loss, $x2, $x1) ($x2 - 3) * ($x2 - 3) + 2 * $x1 * $x1 + $loss * $loss } }
        @{ Names = 'x1, speed, x0'; Block = { param($x1, $speed, $x0) ($x1 - 3) * ($x1 - 3) + 2 * $speed * $speed + $x0 * $x0 } }
        @{ Names = 'y1, x0'; Block = { param($y1, $x0) ($y1 - 3) * ($y1 - 3) + 2 * $x0 * $x0 } }
    ) {
        $run = Invoke-GradientDescent $Block -InitialGuess (7, 5, 4)[0..(($Names -split ', ').Count - 1)] -MaxIterations 2 `
            -LearningRate 0.1 -WarningAction Ignore
        $columns = $run[0].psobject.Properties.Name | Select-Object -Skip 4 -First $run[0].X.Count
        $rows = $run | ConvertTo-Csv | ConvertFrom-Csv
        foreach ($part in $rows, ($rows | Select-Object * -ExcludeProperty X), ($rows | Select-Object (@('Iteration') + $columns))) {
            $summary = $part | Measure-Trajectory -WarningAction Ignore
            foreach ($column in $columns) { $summary.$column | Should -Be $run[-1].$column -Because $column }
        }
    }

    It 'is drawn by name' {
        $records | Export-TrajectoryPlot "$TestDrive/shot.svg" -Contour
        $picture = Get-Content "$TestDrive/shot.svg" -Raw
        $picture | Should -BeLike '*>speed<*'
        $picture | Should -BeLike '*>angle<*'
        $picture | Should -Not -BeLike '*>x0<*'
        ($records | ConvertTo-Csv | ConvertFrom-Csv | Show-Trajectory -Plain -Width 60) -join "`n" | Should -BeLike '*speed*'
    }
}

Describe 'A wrong name' {
    It 'is told with the nearest one, in <_>' -ForEach 'InitialGuess', 'LowerBound', 'UpperBound', 'Solution' {
        $arguments = @{ Objective = $bowl; InitialGuess = $start }
        $arguments[$_] = @{ sped = 1; angle = 1 }
        $failure = { New-OptimizationProblem @arguments } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike "$($_)NameUnknown,*"
        "$failure" | Should -BeLike "*'sped'*Did you mean 'speed'?*"
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'is told with the place of the block' {
        { Find-Minimum -Objective $bowl -InitialGuess @{ height = 1; angle = 1 } } |
            Should -Throw -ExpectedMessage '*speed, angle*Names.Tests.ps1, line *'
        { Find-Minimum -Objective $bowl -Gradient { param($sped, $angle) 1, 2 } -InitialGuess $start } |
            Should -Throw -ErrorId 'GradientNameUnknown,*' -ExpectedMessage "*line *Did you mean 'speed'?*"
    }

    It 'is told where one is missing' {
        { Find-Minimum -Objective $bowl -InitialGuess @{ speed = 1 } } |
            Should -Throw -ErrorId 'InitialGuessNameMissing,*' -ExpectedMessage "*'angle'*"
        { New-OptimizationProblem -Objective $bowl -InitialGuess $start -Solution @{ speed = 1 } } |
            Should -Throw -ErrorId 'SolutionNameMissing,*'
        { Find-Minimum -Objective $dotted -InitialGuess @{ speed = 1 } } | Should -Throw -ErrorId 'InitialGuessNameMissing,*'
    }

    It 'is told where there are more or fewer numbers than names' {
        { Find-Minimum -Objective $bowl -InitialGuess 1, 2, 3 } |
            Should -Throw -ErrorId 'InitialGuessLengthMismatch,*' -ExpectedMessage '*3 components*2 variables: speed, angle*'
        { Find-Minimum -Objective $dotted -InitialGuess 1 } | Should -Throw -ErrorId 'InitialGuessLengthMismatch,*'
        { Get-Gradient $bowl -At 1 } | Should -Throw -ErrorId 'AtLengthMismatch,*'
    }

    It 'is told where a block has no names' {
        { Find-Minimum -Objective { param($x) $x[0] + $x[1] } -InitialGuess @{ a = 1; b = 1 } } |
            Should -Throw -ErrorId 'InitialGuessByName,*'
        { Find-Minimum -Objective { $args[0][0] } -InitialGuess @{ a = 1; b = 1 } } | Should -Throw -ErrorId 'InitialGuessByName,*'
    }

    It 'is told where two variables have one name' {
        $twice = [System.Collections.Hashtable]::new([StringComparer]::Ordinal)
        ('a', 1), ('b', 2), ('B', 3) | ForEach-Object { $twice.Add($_[0], $_[1]) }
        { Find-Minimum -Objective { param($a, $b) $a + $b } -InitialGuess $twice } | Should -Throw -ErrorId 'InitialGuessNameTwice,*'
    }

    It 'is told where a value is no number' {
        { Find-Minimum -Objective $bowl -InitialGuess @{ speed = 'fast'; angle = 1 } } | Should -Throw -ExpectedMessage "*'speed'*'fast'*"
        { Find-Minimum -Objective $bowl -InitialGuess @{ speed = [double]::NaN; angle = 1 } } |
            Should -Throw -ErrorId 'InitialGuessNotFinite,*' -ExpectedMessage "*'speed' is NaN*"
    }

    It 'names the values where the block fails' {
        Find-Minimum -Objective { param($speed, $angle) throw 'no' } -InitialGuess @{ speed = 16; angle = 0.5 } -ErrorVariable failures `
            -ErrorAction SilentlyContinue
        "$($failures[0])" | Should -BeLike '*speed = 16, angle = 0.5*line *'
    }
}
