begin
case "$engine" in
  chef-automate) back_up_chef ;;
  puppet-enterprise) back_up_puppet ;;
  generic) back_up_by_script ;;
  *) fail ValidationException "there is no engine $engine" ;;
esac
