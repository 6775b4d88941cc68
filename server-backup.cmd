@echo off
rem Server Backup's program for people, from its archive: "server-backup help" lists its commands.
rem Needs a JDK 25 in JAVA_HOME or on the PATH. In a checkout, "mvn -DskipTests prepare-package" builds it first.
setlocal
set "home=%~dp0"
set "program=%home%"
if exist "%home%pom.xml" set "program=%home%target\server-backup\"
if not exist "%program%lib\server-backup.jar" (
  echo server-backup: it is not built: mvn -DskipTests prepare-package 1>&2
  exit /b 3
)
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set POWERTOOLS_SERVICE_NAME=server-backup
set POWERTOOLS_METRICS_NAMESPACE=ServerBackup
set AWS_EMF_ENVIRONMENT=Lambda
"%java%" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED "-Dserver-backup.home=%home:~0,-1%" ^
  "-Dserver-backup.work=%home%work" -cp "%program%lib\*;%program%lib\local\*" dev.serverbackup.cli.ServerBackup %*
exit /b %errorlevel%
