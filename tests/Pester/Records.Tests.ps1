# Records: what a run leaves behind, and what other commands make of it.

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force
    $records = @(Invoke-GradientDescent ThreeSpaces -LearningRate 0.01 -MaxIterations 3)
}

Describe 'A record' {
    It 'has the columns of a table first and vectors last' {
        $records[1].psobject.Properties.Name | Should -Be @(
            'Method', 'Run', 'Iteration', 'Loss', 'X0', 'X1', 'Y0', 'Y1', 'GradientNorm', 'StepNorm', 'Evaluations',
            'GradientEvaluations', 'Elapsed', 'Status', 'X', 'Y', 'Gradient', 'Step', 'Problem')
    }

    It 'has the same columns from the first to the last' {
        $first = $records[0].psobject.Properties.Name
        foreach ($record in $records) { $record.psobject.Properties.Name | Should -Be $first }
    }

    It 'unpacks its x' {
        $a, $b = $records[1].X
        $a | Should -Be $records[1].X0
        $b | Should -Be $records[1].X1
    }

    It 'shows its x in no culture' {
        $records[1].X.ToString() | Should -Be '2.94 1.92'
        "$($records[1].X)" | Should -Be '2.94 1.92'
    }

    It 'has no step at the start, and then the difference to the record before' {
        $records[0].Step | Should -BeNullOrEmpty
        $records[0].StepNorm | Should -Be 0
        $difference = [Math]::Abs($records[2].Step[0] - ($records[2].X0 - $records[1].X0))
        [double]::IsFinite($difference) | Should -BeTrue
        $difference | Should -BeLessThan 1e-15
    }

    It 'counts evaluations' {
        $records.Evaluations | Should -Be 1, 2, 3, 4
    }

    It 'says why the run ended, in the last one only' {
        $records.Status | Should -Be 'Running', 'Running', 'Running', 'IterationLimit'
    }

    It 'is read-only' {
        { $records[1].Loss = 0 } | Should -Throw
        $records[1].Loss | Should -BeGreaterThan 22
    }

    It 'shows no components where there are more than 16' {
        $wide = Invoke-GradientDescent -Physics { param($x) $x } -InitialGuess (1..17) -MaxIterations 0
        $wide.psobject.Properties.Name | Should -Not -Contain 'X0'
        $wide.X.Count | Should -Be 17
        $narrow = Invoke-GradientDescent -Physics { param($x) $x } -InitialGuess (1..16) -MaxIterations 0
        $narrow.X15 | Should -Be 16
    }

    It 'comes back from the serialiser as a record' {
        $text = [System.Management.Automation.PSSerializer]::Serialize($records[1])
        $copy = [System.Management.Automation.PSSerializer]::Deserialize($text)
        $copy | Should -BeOfType [PhysOpt.IterationRecord]
        $copy.X1 | Should -Be $records[1].X1
        $copy.Problem.Name | Should -Be 'ThreeSpaces'
    }
}

Describe 'With the other commands of PowerShell' {
    Context 'Export-Csv' {
        BeforeAll {
            $path = "$TestDrive/run.csv"
            $records | Export-Csv $path
            $rows = @(Import-Csv $path)
        }

        It 'writes a row for each record' {
            $rows.Count | Should -Be 4
        }

        It 'writes components as numbers that read back exactly' {
            $culture = [cultureinfo]::CurrentCulture
            for ($k = 0; $k -lt 4; $k++) {
                [double]::Parse($rows[$k].X1, $culture) | Should -Be $records[$k].X1
                [double]::Parse($rows[$k].Y0, $culture) | Should -Be $records[$k].Y0
            }
        }

        It 'writes the name of a type nowhere' {
            $text = Get-Content $path -Raw
            $text | Should -Not -Match 'System\.'
            $text | Should -Not -Match 'PhysOpt\.'
        }

        It 'writes vectors that read back' {
            ([PhysOpt.Vector] $rows[1].X).Equals($records[1].X) | Should -BeTrue
        }
    }

    Context 'Select-Object' {
        It 'stops the computation after the first records' {
            $calls = @(0)
            $physics = { param($x) $calls[0]++; $x[0] }
            $first = @(Invoke-GradientDescent -Physics $physics -Gradient { param($x) 2 * $x[0] } -InitialGuess 1 -MaxIterations 100000 |
                Select-Object -First 3)
            $first.Count | Should -Be 3
            $calls[0] | Should -Be 3
        }

        It 'takes components as columns' {
            $row = $records | Select-Object -Property Iteration, X0, X1 -Last 1
            $row.psobject.Properties.Name | Should -Be 'Iteration', 'X0', 'X1'
            $row.X0 | Should -Be $records[3].X0
        }
    }

    Context 'Export-Clixml' {
        BeforeAll {
            $path = "$TestDrive/run.xml"
            $records | Export-Clixml $path
            $copies = @(Import-Clixml $path)
        }

        It 'gives records again' {
            $copies.Count | Should -Be 4
            foreach ($copy in $copies) { $copy | Should -BeOfType [PhysOpt.IterationRecord] }
            (Compare-Trajectory $records $copies).MaxAbsoluteError | Should -Be 0
        }

        It 'gives records that can be resumed from' {
            $next = @($copies | Invoke-NewtonStep -MaxIterations 1)
            $next.Count | Should -Be 2
            $next[0].X.Equals($records[3].X) | Should -BeTrue
        }
    }

    Context 'Other commands' {
        It 'lists the components as members' {
            ($records[0] | Get-Member -Name X0).Definition | Should -BeLike '*double*'
        }

        It 'sorts, groups and measures by components' {
            ($records | Sort-Object X1)[0].Iteration | Should -Be 3
            ($records | Measure-Object X0 -Maximum).Maximum | Should -Be 3
        }

        It 'shows a table' {
            $text = $records | Out-String -Width 100
            $text | Should -Match 'GradientDescent on ThreeSpaces'
            $text | Should -Match '2\.94 1\.92'
        }
    }
}

Describe 'Rows that have been through a CSV' {
    BeforeAll {
        $rows = @($records | ConvertTo-Csv | ConvertFrom-Csv)
        $shot = @'
Iteration,speed,angle,Loss
0,16,0.8,3
1,15,0.7,2
2,15.5,0.9,1
'@ | ConvertFrom-Csv
        $broken = @'
Iteration,speed,angle,Loss
0,16,0.8,3
1,15,soon,2
'@ | ConvertFrom-Csv
    }

    It 'measure as the records do' {
        ($rows | Measure-Trajectory | ConvertTo-Json) | Should -Be ($records | Measure-Trajectory | ConvertTo-Json)
        ($rows | Measure-DiagonalAlignment -All | ConvertTo-Json) | Should -Be ($records | Measure-DiagonalAlignment -All | ConvertTo-Json)
        (Compare-Trajectory $records $rows).MaxAbsoluteError | Should -Be 0
        (Compare-Trajectory $records $rows).Iterations | Should -Be $records.Count
    }

    It 'are grouped into runs' {
        $both = @($records) + @(Invoke-Adam Rosenbrock -MaxIterations 2 -WarningAction Ignore) | ConvertTo-Csv | ConvertFrom-Csv
        ($both | Measure-Trajectory).Method | Should -Be 'GradientDescent', 'Adam'
    }

    It 'have long x as one column' {
        $wide = Invoke-GradientDescent -Physics { param($x) $x } -InitialGuess (1..17) -MaxIterations 2 -WarningAction Ignore
        $back = $wide | ConvertTo-Csv | ConvertFrom-Csv
        (Compare-Trajectory $wide $back).MaxAbsoluteError | Should -Be 0
    }

    It 'need no more than iterations and components' {
        ($rows | Select-Object Iteration, X1, X0 | Measure-Trajectory).PathLength | Should -Be ($records | Measure-Trajectory).PathLength
        ($rows | Select-Object Iteration, X0, X1 | Measure-DiagonalAlignment).Alignment |
            Should -Be ($records | Measure-DiagonalAlignment).Alignment
    }

    It 'may name their variables' {
        $summary = $shot | Measure-Trajectory
        $summary.speed | Should -Be 15.5
        $summary.psobject.Properties.Name | Should -Not -Contain 'X0'
        ($shot | Show-Trajectory -Plain -Width 60) -join "`n" | Should -BeLike '*angle*speed*'
        $shot | Export-TrajectoryPlot "$TestDrive/shot.svg"
        Get-Content "$TestDrive/shot.svg" -Raw | Should -BeLike '*>speed<*'
    }

    It 'are refused by row and column where they hold no number' {
        $broken | Measure-Trajectory -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RowNotNumeric,*'
        "$($failures[0])" | Should -BeLike "Row 2, column angle: the text 'soon' is not a number.*"
        { $broken | Export-TrajectoryPlot "$TestDrive/broken.png" } | Should -Throw -ErrorId 'RowNotNumeric,*'
        { $broken | Show-Trajectory } | Should -Throw -ErrorId 'RowNotNumeric,*'
        { Compare-Trajectory $shot $broken } | Should -Throw -ErrorId 'RowNotNumeric,*' -ExpectedMessage '*DifferenceTrajectory row 2*'
    }

    It 'are refused where they are no rows of records' {
        { 1, 2 | Show-Trajectory } | Should -Throw -ErrorId 'RowNotARecord,*'
        { Find-Minimum Rosenbrock | Show-Trajectory } | Should -Throw -ErrorId 'RowNotARecord,*'
        { [pscustomobject]@{ Iteration = 0; Loss = 1 } | Show-Trajectory } | Should -Throw -ErrorId 'RowWithoutX,*'
    }

    It 'are read as the session writes them, and with points everywhere' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            ($records | ConvertTo-Csv | ConvertFrom-Csv | Measure-Trajectory).PathLength |
                Should -Be ($records | Measure-Trajectory).PathLength
            ($shot | Measure-Trajectory).angle | Should -Be 0.9
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'do not borrow the solution of another problem that has the name of one in the gallery' {
        $own = Invoke-Adam -Name Rosenbrock -Objective { param($x) $x[0] * $x[0] + $x[1] * $x[1] } -InitialGuess 3, 3 -MaxIterations 2 `
            -WarningAction Ignore
        ($own | ConvertTo-Csv | ConvertFrom-Csv | Measure-Trajectory).DistanceToSolution | Should -BeNullOrEmpty
        ($rows | Measure-Trajectory).DistanceToSolution | Should -Be ($records | Measure-Trajectory).DistanceToSolution
    }

    It 'give null for what they do not say, and not a beginning' {
        $summary = $shot | Select-Object Iteration, speed, angle | Measure-Trajectory
        foreach ($property in 'Status', 'Evaluations', 'Elapsed', 'FinalLoss', 'BestLoss', 'BestIteration', 'BestX') {
            $summary.$property | Should -Be $null -Because $property
        }
        $summary.Iterations | Should -Be 2
        ($shot | Measure-Trajectory).BestLoss | Should -Be 1
        ($summary | Out-String -Width 100) | Should -Not -BeLike '*NaN*'
        ($summary | Format-List | Out-String -Width 100) | Should -Not -BeLike '*NaN*'
        { $shot | Show-Trajectory -Space Loss -Against Evaluations } | Should -Throw -ErrorId 'RowWithoutSpent,*'
        { $shot | Show-Trajectory -Space Loss -Against Time } | Should -Throw -ErrorId 'RowWithoutSpent,*'
    }

    It 'are refused where the loss is empty' {
        $some = $shot | Select-Object *
        $some[1].Loss = ''
        $some | Measure-Trajectory -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        "$($failures[0])" | Should -BeLike 'Row 2, column Loss: it is empty.*'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeLike '*point*'
    }

    It 'are refused by row and column where <Column> is <Value> beside <Other>' -ForEach @(
        @{ Column = 'X0'; Value = '99'; Other = 'X' }, @{ Column = 'X1'; Value = 'abc'; Other = 'X' },
            @{ Column = 'X1'; Value = ''; Other = 'X' }
        @{ Column = 'Y1'; Value = '99'; Other = 'Y' }
    ) {
        $some = $rows | Select-Object *
        $some[2].$Column = $Value
        $some | Measure-Trajectory -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        $failures.Count | Should -Be 1
        "$($failures[0])" | Should -BeLike "Row 3, column ${Column}:*"
        $failures[0].FullyQualifiedErrorId | Should -BeLike $(if ($Value -eq 'abc') { 'RowNotNumeric,*' } else { 'RowContradicts,*' })
        $apart = $some | Select-Object Iteration, X, Y, $Column
        $apart | Measure-Trajectory -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        $failures.Count | Should -Be 1
    }

    It 'may be rounded by the program that saved them' {
        $some = $rows | Select-Object *
        foreach ($row in $some) { $row.X1 = ([double]$row.X1).ToString('G6') }
        ($some | Measure-Trajectory).PathLength | Should -Be ($records | Measure-Trajectory).PathLength
    }

    It 'may have columns of text, and say what they take as variables where that is not clear' {
        $noted = $shot | Select-Object @{ Name = 'Note'; Expression = { 'abc' } }, *, @{ Name = 'Empty'; Expression = { '' } }
        $summary = $noted | Measure-Trajectory
        $summary.speed | Should -Be 15.5
        $summary.X.Count | Should -Be 2
        $late = $noted | Select-Object *
        $late[2].Note = '7'
        $late | Measure-Trajectory -ErrorVariable failures -ErrorAction SilentlyContinue | Out-Null
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RowColumnUnclear,*'
        "$($failures[0])" | Should -BeLike 'Row 3, column Note:*row 1*'
        $rows | Select-Object Iteration, X0, X1, @{ Name = 'Weight'; Expression = { 3 } } |
            Measure-Trajectory -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike '*X0, X1, Weight*'
    }
}
